<?php
/**
 * The reading of saved posts: noted when a post is saved, done by WP-Cron, so that no editor ever waits for it and no
 * save can fail of it.
 *
 * @package Ascribe
 */

namespace Ascribe;

defined( 'ABSPATH' ) || exit;

const EVENT = 'ascribe_read_post';
const TRIES = 6; // The last is about half an hour after the first.

add_action( 'wp_after_insert_post', __NAMESPACE__ . '\note_saved_post', 10, 2 ); // After terms and meta; also for the REST API.
add_action( EVENT, __NAMESPACE__ . '\read_post' );

/**
 * Has a saved post read, if it is of a kind that is read and says something new.
 *
 * @param int      $post_id The post.
 * @param \WP_Post $post    The same.
 */
function note_saved_post( int $post_id, \WP_Post $post ): void {
	if ( ! is_readable_post( $post ) || ( defined( 'DOING_AUTOSAVE' ) && DOING_AUTOSAVE ) ) {
		return;
	}
	$state = get_state( $post_id );
	if ( 'done' === $state['status'] && digest_post( $post ) === $state['digest'] ) {
		return;
	}
	schedule_reading( $post_id );
}

/**
 * Whether a post is one that the settings say to read.
 *
 * @param \WP_Post $post The post.
 */
function is_readable_post( \WP_Post $post ): bool {
	$settings = get_settings();
	return '' !== $settings['url']
		&& in_array( $post->post_type, $settings['post_types'], true )
		&& ! in_array( $post->post_status, array( 'auto-draft', 'inherit', 'trash' ), true )
		&& '' !== trim( $post->post_content );
}

/**
 * What tells whether a post says something new to the service.
 *
 * @param \WP_Post $post The post.
 */
function digest_post( \WP_Post $post ): string {
	return md5( wp_json_encode( array( $post->post_title, $post->post_content, get_settings()['url'] ) ) );
}

/**
 * Has a post read as soon as may be; one that waits already is read as it is then.
 *
 * @param int $post_id The post.
 */
function schedule_reading( int $post_id ): void {
	put_state(
		$post_id,
		array(
			'status'  => 'waiting',
			'message' => '',
			'tries'   => 0,
		)
	);
	wp_clear_scheduled_hook( EVENT, array( $post_id ) );
	wp_schedule_single_event( time(), EVENT, array( $post_id ) );
	if ( ! ( defined( 'DISABLE_WP_CRON' ) && DISABLE_WP_CRON ) ) {
		add_action( 'shutdown', 'spawn_cron' );
	}
}

/**
 * Reads a post and keeps what is found. What another save has overtaken meanwhile is left to that save's own reading.
 *
 * @param int $post_id The post.
 */
function read_post( int $post_id ): void {
	$post = get_post( $post_id );
	if ( ! $post || ! is_readable_post( $post ) ) {
		delete_post_meta( $post_id, STATE );
		return;
	}
	$digest = digest_post( $post );
	$found  = request_extraction( describe_post( $post ) );
	clean_post_cache( $post_id );
	$now = get_post( $post_id );
	if ( ! $now || digest_post( $now ) !== $digest ) {
		return;
	}
	if ( is_wp_error( $found ) ) {
		note_failure( $post_id, $found );
		return;
	}
	put_extraction( $post_id, $found );
	put_state(
		$post_id,
		array(
			'status'  => 'done',
			'message' => '',
			'digest'  => $digest,
			'tries'   => 0,
		)
	);
}

/**
 * Tries again later where that may help: after what the service asks for, and twice as long each time.
 *
 * @param int       $post_id The post.
 * @param \WP_Error $error   What went wrong.
 */
function note_failure( int $post_id, \WP_Error $error ): void {
	$tries = get_state( $post_id )['tries'] + 1;
	$wait  = $error->get_error_data()['retry'] ?? null;
	$again = null !== $wait && $tries < TRIES;
	put_state(
		$post_id,
		array(
			'status'  => $again ? 'waiting' : 'failed',
			'message' => $error->get_error_message(),
			'tries'   => $tries,
		)
	);
	if ( $again ) {
		wp_schedule_single_event( time() + $wait * 2 ** ( $tries - 1 ), EVENT, array( $post_id ) );
	}
}

/**
 * Takes every reading that waits off the schedule.
 */
function forget_schedule(): void {
	wp_unschedule_hook( EVENT );
}
