<?php
/**
 * Uninstalls the plugin as WordPress does and prints what of it is left.
 */

$_SERVER['HTTP_HOST'] = parse_url( getenv( 'SITE_URL' ), PHP_URL_HOST );
require getenv( 'SITE_FOLDER' ) . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';

deactivate_plugins( 'ascribe/ascribe.php' );
uninstall_plugin( 'ascribe/ascribe.php' );
global $wpdb;
echo wp_json_encode(
	array(
		'options'  => $wpdb->get_col( "SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE '%ascribe%' AND option_name NOT LIKE '%transient%'" ),
		'meta'     => $wpdb->get_col( "SELECT meta_key FROM {$wpdb->postmeta} WHERE meta_key LIKE '%ascribe%'" ),
		'schedule' => array_filter( array_map( static fn( $events ) => array_filter( array_keys( (array) $events ), static fn( $name ) => str_contains( $name, 'ascribe' ) ), _get_cron_array() ) ),
		'posts'    => (int) wp_count_posts()->publish,
	)
);
