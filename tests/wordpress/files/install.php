<?php
/**
 * Installs WordPress by its own function, activates the plugin, and prints an application password of each user.
 */

mysqli_report( MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT );
$database = new mysqli( 'localhost', 'root', '', '', 0, getenv( 'SITE_SOCKET' ) );
$database->query( 'CREATE DATABASE wordpress CHARACTER SET utf8mb4' );

$_SERVER['HTTP_HOST'] = wp_parse_host( getenv( 'SITE_URL' ) );
define( 'WP_INSTALLING', true );
require getenv( 'SITE_FOLDER' ) . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';

ob_start();
wp_install( 'The Lowmark Courier', 'editor', 'editor@example.org', false, '', 'a long password' );
switch_theme( 'plain' );
update_option( 'show_avatars', 0 );
wp_update_user( array( 'ID' => 1, 'display_name' => 'Jodie Frampton' ) );
update_user_meta( 1, 'show_welcome_panel', 0 );
$failed = activate_plugin( 'ascribe/ascribe.php' );
ob_end_clean();
if ( is_wp_error( $failed ) ) {
	fwrite( STDERR, $failed->get_error_message() );
	exit( 1 );
}
$reader = wp_insert_user( array( 'user_login' => 'reader', 'user_pass' => 'another password', 'role' => 'subscriber' ) );
foreach ( array( 'editor' => 1, 'reader' => $reader ) as $name => $id ) {
	list( $password ) = WP_Application_Passwords::create_new_application_password( $id, array( 'name' => 'tests' ) );
	$passwords[ $name ] = $password;
}
echo wp_json_encode( $passwords );

function wp_parse_host( $url ) {
	return parse_url( $url, PHP_URL_HOST ) . ':' . parse_url( $url, PHP_URL_PORT );
}
