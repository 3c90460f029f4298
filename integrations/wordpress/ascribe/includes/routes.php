<?php
/**
 * REST routes for the editor and the settings page.
 *
 * WordPress checks their nonce before a cookie counts as a login, so a foreign page gets a 401 here.
 *
 * @package Ascribe
 */

namespace Ascribe;

defined( 'ABSPATH' ) || exit;

const REST = 'ascribe/v1';

add_action( 'rest_api_init', __NAMESPACE__ . '\register_routes' );

/**
 * Registers the routes.
 */
function register_routes(): void {
	$post = array(
		'permission_callback' => static fn( $request ) => current_user_can( 'edit_post', (int) $request['id'] ),
		'args'                => array( 'id' => array( 'type' => 'integer' ) ),
	);
	register_rest_route(
		REST,
		'/posts/(?P<id>\d+)',
		array(
			array(
				'methods'  => 'GET',
				'callback' => static fn( $request ) => tell_findings( (int) $request['id'] ),
			) + $post,
			array(
				'methods'  => 'POST',
				'callback' => __NAMESPACE__ . '\read_again',
			) + $post,
		)
	);
	register_rest_route(
		REST,
		'/connection',
		array(
			'methods'             => 'POST',
			'callback'            => __NAMESPACE__ . '\test_connection',
			'permission_callback' => static fn() => current_user_can( 'manage_options' ),
			'args'                => array(
				'url' => array(
					'type'              => 'string',
					'required'          => true,
					'sanitize_callback' => static fn( $url ) => clean_url( (string) $url ),
				),
				'key' => array(
					'type'              => 'string',
					'default'           => '',
					'sanitize_callback' => 'sanitize_text_field',
				),
			),
		)
	);
}

/**
 * Everything the editor shows of a post.
 *
 * @param int $post_id The post.
 */
function tell_findings( int $post_id ): \WP_REST_Response {
	$state = get_state( $post_id );
	return new \WP_REST_Response(
		array(
			'status'     => $state['status'],
			'message'    => $state['message'],
			'at'         => $state['at'],
			'configured' => '' !== get_settings()['url'],
			'extraction' => get_extraction( $post_id ),
		)
	);
}

/**
 * Has the saved post read, whether it was before or not.
 *
 * @param \WP_REST_Request $request The request.
 * @return \WP_REST_Response|\WP_Error
 */
function read_again( \WP_REST_Request $request ) {
	$post = get_post( (int) $request['id'] );
	if ( ! $post || ! is_readable_post( $post ) ) {
		return new \WP_Error( 'ascribe_not_read', __( 'Save the post with some text first. Only the kinds of posts chosen in the settings are read.', 'ascribe' ), array( 'status' => 409 ) );
	}
	schedule_reading( $post->ID );
	return tell_findings( $post->ID );
}

/**
 * Asks the service for its model. The saved key goes to the saved address only.
 *
 * @param \WP_REST_Request $request The request.
 * @return \WP_REST_Response|\WP_Error
 */
function test_connection( \WP_REST_Request $request ) {
	$settings = get_settings();
	$url      = $request['url'];
	if ( '' === $url ) {
		return new \WP_Error( 'ascribe_no_address', __( 'Enter an address that begins with http:// or https://.', 'ascribe' ), array( 'status' => 400 ) );
	}
	$key  = '' === $request['key'] && $url === $settings['url'] ? $settings['key'] : $request['key'];
	$told = request_model( $url, $key );
	if ( is_wp_error( $told ) ) {
		return new \WP_Error( $told->get_error_code(), $told->get_error_message(), array( 'status' => 502 ) );
	}
	$model = json_decode( $told, true );
	return new \WP_REST_Response(
		array(
			'name'    => (string) ( $model['name'] ?? '' ),
			'version' => (string) ( $model['version'] ?? '' ),
		)
	);
}
