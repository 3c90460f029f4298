<?php
/**
 * What the editors load: a panel in the block editor's sidebar, a box below the classic one; both show the same.
 *
 * @package Ascribe
 */

namespace Ascribe;

defined( 'ABSPATH' ) || exit;

const SHOWN = array( 'wp-element', 'wp-components', 'wp-i18n', 'wp-api-fetch' );

add_action( 'enqueue_block_editor_assets', __NAMESPACE__ . '\load_panel' );
add_action( 'add_meta_boxes', __NAMESPACE__ . '\add_box', 10, 2 );

/**
 * Loads the panel, where posts of this type are read.
 */
function load_panel(): void {
	$screen = get_current_screen();
	if ( ! $screen || 'post' !== $screen->base || ! in_array( $screen->post_type, get_settings()['post_types'], true ) ) {
		return;
	}
	load_findings();
	load_script( 'ascribe-panel', 'panel.js', array( 'ascribe-findings', 'wp-plugins', 'wp-edit-post', 'wp-editor', 'wp-data', 'wp-blocks', 'wp-block-editor' ) );
}

/**
 * Adds the box of the classic editor, for those who may edit the post.
 *
 * @param string        $type The post's type.
 * @param \WP_Post|null $post The post; on some screens it is none.
 */
function add_box( string $type, $post ): void {
	if ( ! $post instanceof \WP_Post || ! in_array( $type, get_settings()['post_types'], true ) || ! current_user_can( 'edit_post', $post->ID ) ) {
		return;
	}
	add_meta_box( 'ascribe', __( 'Ascribe', 'ascribe' ), __NAMESPACE__ . '\show_box', $type, 'normal', 'default', array( '__back_compat_meta_box' => true ) );
}

/**
 * Shows the box, which its script fills.
 *
 * @param \WP_Post $post The post.
 */
function show_box( \WP_Post $post ): void {
	load_findings();
	load_script( 'ascribe-box', 'box.js', array( 'ascribe-findings', 'wp-dom-ready' ) );
	printf(
		'<div id="ascribe-box" data-post="%d"><noscript>%s</noscript></div>',
		(int) $post->ID,
		esc_html__( 'The findings need JavaScript.', 'ascribe' )
	);
}

/**
 * Loads what both show.
 */
function load_findings(): void {
	wp_enqueue_style( 'ascribe', plugins_url( 'assets/findings.css', FILE ), array( 'wp-components' ), VERSION );
	load_script( 'ascribe-words', 'words.js', array( 'wp-i18n' ) );
	load_script( 'ascribe-findings', 'findings.js', array( 'ascribe-words', ...SHOWN ) );
}

/**
 * Loads a script with its translations.
 *
 * @param string   $handle Its name.
 * @param string   $file   Its file in `assets`.
 * @param string[] $needs  What it needs.
 */
function load_script( string $handle, string $file, array $needs ): void {
	wp_enqueue_script( $handle, plugins_url( 'assets/' . $file, FILE ), $needs, VERSION, true );
	wp_set_script_translations( $handle, 'ascribe', plugin_dir_path( FILE ) . 'languages' );
}
