<?php
/**
 * What was found in a post, and how far the reading of it is, kept as post meta that is not public.
 *
 * @package Ascribe
 */

namespace Ascribe;

defined( 'ABSPATH' ) || exit;

const EXTRACTION = '_ascribe_extraction'; // The service's JSON; offsets count UTF-16 units, as JavaScript does.
const STATE      = '_ascribe_state';

/**
 * Tells WordPress of the meta: for nobody but those who may edit the post, and in no REST answer of its own.
 */
function register_findings(): void {
	$common = array(
		'single'        => true,
		'show_in_rest'  => false,
		'auth_callback' => static fn( $allowed, $key, $post_id ) => current_user_can( 'edit_post', $post_id ),
	);
	register_meta( 'post', EXTRACTION, array( 'type' => 'string' ) + $common );
	register_meta( 'post', STATE, array( 'type' => 'object' ) + $common );
}

/**
 * The extraction of a post as data; null where there is none.
 *
 * @param int $post_id The post.
 */
function get_extraction( int $post_id ): ?array {
	$found = json_decode( (string) get_post_meta( $post_id, EXTRACTION, true ), true );
	return is_array( $found ) ? $found : null;
}

/**
 * Keeps the extraction of a post.
 *
 * @param int    $post_id The post.
 * @param string $json    What the service answered.
 */
function put_extraction( int $post_id, string $json ): void {
	update_post_meta( $post_id, EXTRACTION, wp_slash( $json ) );
}

/**
 * How far the reading of a post is.
 *
 * @param int $post_id The post.
 * @return array{status: string, message: string, digest: string, tries: int, at: int} `status` is none, waiting, done
 *         or failed; `digest` is of what was read last, `tries` how often it was tried, `at` a Unix time.
 */
function get_state( int $post_id ): array {
	$state = get_post_meta( $post_id, STATE, true );
	return array_merge(
		array(
			'status'  => 'none',
			'message' => '',
			'digest'  => '',
			'tries'   => 0,
			'at'      => 0,
		),
		is_array( $state ) ? $state : array()
	);
}

/**
 * Keeps how far the reading of a post is.
 *
 * @param int   $post_id The post.
 * @param array $changes What is other than before.
 */
function put_state( int $post_id, array $changes ): void {
	$state = array_merge( get_state( $post_id ), array( 'at' => time() ), $changes );
	update_post_meta( $post_id, STATE, wp_slash( $state ) );
}
