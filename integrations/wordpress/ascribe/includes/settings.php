<?php
/**
 * The settings: address and key of the service, and the types of posts that are read.
 *
 * @package Ascribe
 */

namespace Ascribe;

defined( 'ABSPATH' ) || exit;

const OPTION = 'ascribe_settings';

/**
 * The settings as they are in force: constants of wp-config.php before what was saved.
 *
 * @return array{url: string, key: string, post_types: string[]}
 */
function get_settings(): array {
	$saved    = get_option( OPTION, array() );
	$settings = array_merge(
		array(
			'url'        => '',
			'key'        => '',
			'post_types' => array( 'post' ),
		),
		is_array( $saved ) ? $saved : array()
	);
	if ( defined( 'ASCRIBE_URL' ) ) {
		$settings['url'] = clean_url( (string) constant( 'ASCRIBE_URL' ) );
	}
	if ( defined( 'ASCRIBE_KEY' ) ) {
		$settings['key'] = (string) constant( 'ASCRIBE_KEY' );
	}
	return $settings;
}

/**
 * What may be saved of what a form sends. An empty key leaves the saved one, unless the form says to forget it or
 * names another address, to which the key was not given.
 *
 * @param mixed $given What the form sent.
 * @return array{url: string, key: string, post_types: string[]}
 */
function sanitize_settings( $given ): array {
	$given = is_array( $given ) ? $given : array();
	$saved = get_option( OPTION, array() );
	$saved = is_array( $saved ) ? $saved : array();
	$url   = clean_url( (string) ( $given['url'] ?? '' ) );
	if ( '' === $url && '' !== trim( (string) ( $given['url'] ?? '' ) ) ) {
		add_settings_error( OPTION, 'ascribe_url', __( 'The address must begin with http:// or https://.', 'ascribe' ) );
		$url = $saved['url'] ?? '';
	}
	$key  = sanitize_text_field( (string) ( $given['key'] ?? '' ) );
	$keep = empty( $given['forget_key'] ) && ( $saved['url'] ?? '' ) === $url;
	if ( '' === $key && $keep ) {
		$key = (string) ( $saved['key'] ?? '' );
	}
	$types = array_map( 'sanitize_key', (array) ( $given['post_types'] ?? array() ) );
	return array(
		'url'        => $url,
		'key'        => $key,
		'post_types' => array_values( array_intersect( $types, array_keys( list_post_types() ) ) ),
	);
}

/**
 * The types of posts that can be read, by name.
 *
 * @return array<string, \WP_Post_Type>
 */
function list_post_types(): array {
	$types = get_post_types( array( 'show_ui' => true ), 'objects' );
	return array_filter(
		$types,
		static fn( $type ) => post_type_supports( $type->name, 'editor' ) && ! str_starts_with( $type->name, 'wp_' )
	);
}

/**
 * An address of http or https without a slash at its end; nothing where it is none.
 *
 * @param string $url What was entered.
 */
function clean_url( string $url ): string {
	$url = untrailingslashit( esc_url_raw( trim( $url ), array( 'http', 'https' ) ) );
	return wp_parse_url( $url, PHP_URL_HOST ) ? $url : '';
}
