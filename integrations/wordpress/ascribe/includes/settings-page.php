<?php
/**
 * The page under Settings, with a button that tries the connection.
 *
 * @package Ascribe
 */

namespace Ascribe;

defined( 'ABSPATH' ) || exit;

const PAGE = 'ascribe';

add_action( 'admin_menu', __NAMESPACE__ . '\add_settings_page' );
add_action( 'admin_init', __NAMESPACE__ . '\register_settings' );
add_action( 'admin_enqueue_scripts', __NAMESPACE__ . '\load_settings_script' );
add_filter( 'plugin_action_links_' . plugin_basename( FILE ), __NAMESPACE__ . '\link_settings_page' );

/**
 * Puts the page into the menu.
 */
function add_settings_page(): void {
	add_options_page( __( 'Ascribe', 'ascribe' ), __( 'Ascribe', 'ascribe' ), 'manage_options', PAGE, __NAMESPACE__ . '\show_settings_page' );
}

/**
 * The links below the plugin's name, that of its settings first.
 *
 * @param string[] $links The links there are.
 * @return string[]
 */
function link_settings_page( array $links ): array {
	$url = admin_url( 'options-general.php?page=' . PAGE );
	array_unshift( $links, sprintf( '<a href="%s">%s</a>', esc_url( $url ), esc_html__( 'Settings', 'ascribe' ) ) );
	return $links;
}

/**
 * Tells WordPress of the option and its fields.
 */
function register_settings(): void {
	register_setting(
		PAGE,
		OPTION,
		array(
			'type'              => 'object',
			'sanitize_callback' => __NAMESPACE__ . '\sanitize_settings',
			'show_in_rest'      => false,
		)
	);
	add_settings_section( 'service', __( 'Service', 'ascribe' ), '__return_null', PAGE );
	add_settings_field( 'url', __( 'Address', 'ascribe' ), __NAMESPACE__ . '\show_url_field', PAGE, 'service', array( 'label_for' => 'ascribe-url' ) );
	add_settings_field( 'key', __( 'Key', 'ascribe' ), __NAMESPACE__ . '\show_key_field', PAGE, 'service', array( 'label_for' => 'ascribe-key' ) );
	add_settings_field( 'test', __( 'Connection', 'ascribe' ), __NAMESPACE__ . '\show_test_button', PAGE, 'service' );
	add_settings_section( 'posts', __( 'Posts', 'ascribe' ), '__return_null', PAGE );
	add_settings_field( 'post_types', __( 'Read when saved', 'ascribe' ), __NAMESPACE__ . '\show_type_fields', PAGE, 'posts' );
}

/**
 * Loads what the button needs, on this page only.
 *
 * @param string $hook The page that is shown.
 */
function load_settings_script( string $hook ): void {
	if ( 'settings_page_' . PAGE === $hook ) {
		load_script( 'ascribe-settings', 'settings.js', array( 'wp-api-fetch', 'wp-i18n', 'wp-dom-ready' ) );
	}
}

/**
 * Shows the page.
 */
function show_settings_page(): void {
	if ( ! current_user_can( 'manage_options' ) ) {
		return;
	}
	?>
	<div class="wrap">
		<h1><?php echo esc_html( get_admin_page_title() ); ?></h1>
		<p><?php esc_html_e( 'Saved posts are sent to the Ascribe service at this address and to nobody else, drafts as well.', 'ascribe' ); ?></p>
		<form action="options.php" method="post">
			<?php
			settings_fields( PAGE );
			do_settings_sections( PAGE );
			submit_button();
			?>
		</form>
	</div>
	<?php
}

/**
 * Shows the field of the address.
 */
function show_url_field(): void {
	printf(
		'<input type="url" class="regular-text code" id="ascribe-url" name="%s[url]" value="%s" placeholder="https://ascribe.example.org" %s>',
		esc_attr( OPTION ),
		esc_attr( get_settings()['url'] ),
		disabled( defined( 'ASCRIBE_URL' ), true, false )
	);
	if ( defined( 'ASCRIBE_URL' ) ) {
		/* translators: %s: name of a constant. */
		printf( '<p class="description">%s</p>', esc_html( sprintf( __( 'Set by %s in wp-config.php.', 'ascribe' ), 'ASCRIBE_URL' ) ) );
	}
}

/**
 * Shows the field of the key, which never holds the key that is saved.
 */
function show_key_field(): void {
	$known = '' !== get_settings()['key'];
	printf(
		'<input type="password" class="regular-text code" id="ascribe-key" name="%s[key]" value="" autocomplete="new-password" placeholder="%s" %s>',
		esc_attr( OPTION ),
		esc_attr( $known ? __( 'A key is saved; leave empty to keep it', 'ascribe' ) : '' ),
		disabled( defined( 'ASCRIBE_KEY' ), true, false )
	);
	if ( defined( 'ASCRIBE_KEY' ) ) {
		/* translators: %s: name of a constant. */
		printf( '<p class="description">%s</p>', esc_html( sprintf( __( 'Set by %s in wp-config.php.', 'ascribe' ), 'ASCRIBE_KEY' ) ) );
		return;
	}
	/* translators: %s: a command. */
	printf( '<p class="description">%s</p>', wp_kses( sprintf( __( 'Made on the service’s machine with %s. A service on this machine that has no keys needs none.', 'ascribe' ), '<code>service keys create wordpress</code>' ), array( 'code' => array() ) ) );
	if ( $known ) {
		printf( '<label><input type="checkbox" name="%s[forget_key]" value="1"> %s</label>', esc_attr( OPTION ), esc_html__( 'Forget the saved key', 'ascribe' ) );
	}
}

/**
 * Shows the button that tries what the fields say.
 */
function show_test_button(): void {
	printf(
		'<button type="button" class="button" id="ascribe-test">%s</button><div id="ascribe-tested" role="status"></div>',
		esc_html__( 'Test connection', 'ascribe' )
	);
}

/**
 * Shows a box for every type of posts.
 */
function show_type_fields(): void {
	$chosen = get_settings()['post_types'];
	echo '<fieldset>';
	printf( '<legend class="screen-reader-text">%s</legend>', esc_html__( 'Read when saved', 'ascribe' ) );
	foreach ( list_post_types() as $name => $type ) {
		printf(
			'<label><input type="checkbox" name="%s[post_types][]" value="%s" %s> %s</label><br>',
			esc_attr( OPTION ),
			esc_attr( $name ),
			checked( in_array( $name, $chosen, true ), true, false ),
			esc_html( $type->labels->name )
		);
	}
	echo '</fieldset>';
}
