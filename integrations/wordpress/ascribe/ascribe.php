<?php
/**
 * Plugin Name:       Ascribe
 * Description:       Shows in the editor who says what in a post, every number with whose it is, and what is opinion, as your own Ascribe service reads it.
 * Version:           0.1.0
 * Requires at least: 6.1
 * Requires PHP:      8.0
 * License:           GPL-2.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:       ascribe
 * Domain Path:       /languages
 *
 * @package Ascribe
 */

namespace Ascribe;

defined( 'ABSPATH' ) || exit;

const VERSION = '0.1.0';
const FILE    = __FILE__;

require __DIR__ . '/includes/settings.php';
require __DIR__ . '/includes/settings-page.php';
require __DIR__ . '/includes/service.php';
require __DIR__ . '/includes/findings.php';
require __DIR__ . '/includes/reading.php';
require __DIR__ . '/includes/routes.php';
require __DIR__ . '/includes/editor.php';

register_deactivation_hook( __FILE__, __NAMESPACE__ . '\forget_schedule' );

add_action(
	'init',
	static function () {
		load_plugin_textdomain( 'ascribe', false, dirname( plugin_basename( __FILE__ ) ) . '/languages' );
		register_findings();
	}
);
