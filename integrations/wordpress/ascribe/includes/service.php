<?php
/**
 * The service over HTTP: a post sent to be read, and the question whether it is there.
 *
 * @package Ascribe
 */

namespace Ascribe;

defined( 'ABSPATH' ) || exit;

const TIMEOUT = 60; // Seconds; the service itself gives up after 30 by default.

/**
 * The body that the service takes as `profile=wordpress`: the post as readers get it, in the form of the REST API.
 *
 * @param \WP_Post $post The post.
 */
function describe_post( \WP_Post $post ): array {
	$author = get_the_author_meta( 'display_name', (int) $post->post_author );
	$public = 'publish' === $post->post_status;
	$told   = array(
		'id'        => (string) $post->ID,
		'title'     => array( 'rendered' => get_the_title( $post ) ),
		'content'   => array( 'rendered' => render_content( $post ) ),
		'date_gmt'  => $public ? str_replace( ' ', 'T', $post->post_date_gmt ) : null,
		'link'      => $public ? get_permalink( $post ) : null,
		'_embedded' => $author ? array( 'author' => array( array( 'name' => $author ) ) ) : null,
	);
	return array_filter( $told, static fn( $value ) => null !== $value );
}

/**
 * The post's content as HTML, blocks and shortcodes rendered, whatever its status.
 *
 * @param \WP_Post $post The post.
 */
function render_content( \WP_Post $post ): string {
	$before          = $GLOBALS['post'] ?? null;
	$GLOBALS['post'] = $post; // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- what renders blocks asks for the current post; it is put back below.
	setup_postdata( $post );
	/** This filter is documented in wp-includes/post-template.php */
	$content         = apply_filters( 'the_content', $post->post_content );
	$GLOBALS['post'] = $before; // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- put back.
	wp_reset_postdata();
	return (string) $content;
}

/**
 * The extraction of a post, as the JSON that the service wrote.
 *
 * @param array $told What `describe_post` gave.
 * @return string|\WP_Error The error's data has `retry`: seconds to wait, or null where trying again is of no use.
 */
function request_extraction( array $told ) {
	$settings = get_settings();
	return send_request(
		'POST',
		$settings['url'] . '/v1/extractions?profile=wordpress&offset_unit=utf16',
		$settings['key'],
		wp_json_encode( $told )
	);
}

/**
 * What the service says of its model, as JSON.
 *
 * @param string $url The service's address.
 * @param string $key The key, or nothing.
 * @return string|\WP_Error
 */
function request_model( string $url, string $key ) {
	return send_request( 'GET', $url . '/v1/model', $key, null );
}

/**
 * The body of a successful answer.
 *
 * @param string      $method The HTTP method.
 * @param string      $url    The full address.
 * @param string      $key    The key, or nothing.
 * @param string|null $body   JSON, or nothing.
 * @return string|\WP_Error
 */
function send_request( string $method, string $url, string $key, ?string $body ) {
	$headers = array( 'Accept' => 'application/json' );
	if ( null !== $body ) {
		$headers['Content-Type'] = 'application/json';
	}
	if ( '' !== $key ) {
		$headers['Authorization'] = 'Bearer ' . $key;
	}
	$answer = wp_remote_request(
		$url,
		array(
			'method'      => $method,
			'headers'     => $headers,
			'body'        => $body,
			'timeout'     => null === $body ? 10 : TIMEOUT,
			'redirection' => 0, // The key is for this address only.
			'user-agent'  => 'Ascribe-WordPress/' . VERSION,
		)
	);
	if ( is_wp_error( $answer ) ) {
		/* translators: %s: why a connection failed. */
		return new \WP_Error( 'unreachable', sprintf( __( 'The service cannot be reached: %s', 'ascribe' ), $answer->get_error_message() ), array( 'retry' => MINUTE_IN_SECONDS ) );
	}
	$status = (int) wp_remote_retrieve_response_code( $answer );
	$text   = wp_remote_retrieve_body( $answer );
	if ( 200 === $status && is_array( json_decode( $text, true ) ) ) {
		return $text;
	}
	return explain_refusal( $status, $text, (string) wp_remote_retrieve_header( $answer, 'retry-after' ) );
}

/**
 * What went wrong, in a sentence, with the code and the words of the service's problem (RFC 9457).
 *
 * @param int    $status HTTP status.
 * @param string $text   The answer's body.
 * @param string $after  The header Retry-After.
 */
function explain_refusal( int $status, string $text, string $after ): \WP_Error {
	$problem = json_decode( $text, true );
	$code    = is_array( $problem ) && is_string( $problem['code'] ?? null ) ? $problem['code'] : 'not_the_service';
	$words   = array(
		'key_required'     => __( 'The service asks for a key.', 'ascribe' ),
		'key_invalid'      => __( 'The service does not know this key, or it has expired.', 'ascribe' ),
		'loopback_only'    => __( 'The service answers its own machine only, until it has a key.', 'ascribe' ),
		'article_too_long' => __( 'The post is longer than the service takes.', 'ascribe' ),
		'body_too_large'   => __( 'The post is larger than the service takes.', 'ascribe' ),
		/* translators: %d: an HTTP status. */
		'not_the_service'  => sprintf( __( 'What answers at this address is not the service (status %d).', 'ascribe' ), $status ),
	);
	$detail  = is_array( $problem ) && is_string( $problem['detail'] ?? null ) ? $problem['detail'] : '';
	/* translators: 1: an HTTP status, 2: what the service said. */
	$told  = $words[ $code ] ?? sprintf( __( 'The service refused it (%1$d): %2$s', 'ascribe' ), $status, sanitize_text_field( $detail ) );
	$later = in_array( $status, array( 408, 429 ), true ) || $status >= 500;
	$wait  = ctype_digit( $after ) ? min( (int) $after, HOUR_IN_SECONDS ) : MINUTE_IN_SECONDS;
	return new \WP_Error( $code, $told, array( 'retry' => $later ? $wait : null ) );
}
