<?php
/**
 * Plugin Name: The classic editor where the address asks for it
 */

add_filter( 'use_block_editor_for_post', static fn( $use ) => $use && ! isset( $_GET['classic'] ) );
