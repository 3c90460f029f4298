<?php
/**
 * Leaves nothing behind: settings, findings and what waits on the schedule, on every site of a network.
 *
 * @package Ascribe
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

$ascribe_clean = static function () {
	delete_option( 'ascribe_settings' );
	delete_post_meta_by_key( '_ascribe_extraction' );
	delete_post_meta_by_key( '_ascribe_state' );
	wp_unschedule_hook( 'ascribe_read_post' );
};

if ( is_multisite() ) {
	foreach ( get_sites(
		array(
			'fields' => 'ids',
			'number' => 0,
		)
	) as $ascribe_site ) {
		switch_to_blog( $ascribe_site );
		$ascribe_clean();
		restore_current_blog();
	}
} else {
	$ascribe_clean();
}
