/**
 * The button that tries the connection with what the fields say now.
 */
( function ( wp ) {
	'use strict';

	const { __, sprintf } = wp.i18n;

	wp.domReady( () => {
		const button = document.getElementById( 'ascribe-test' );
		const told = document.getElementById( 'ascribe-tested' );
		const tell = ( words, kind ) => {
			const line = document.createElement( 'p' );
			line.textContent = words;
			told.replaceChildren( line );
			told.className = 'notice inline notice-' + kind;
		};
		button?.addEventListener( 'click', () => {
			button.disabled = true;
			tell( __( 'Asking the service…', 'ascribe' ), 'info' );
			const data = { url: document.getElementById( 'ascribe-url' ).value, key: document.getElementById( 'ascribe-key' ).value };
			wp.apiFetch( { path: '/ascribe/v1/connection', method: 'POST', data } ).then(
				( { name, version } ) => tell( sprintf( /* translators: 1: a model's name, 2: its version. */ __( 'Connected. The service reads with model %1$s %2$s.', 'ascribe' ), name, version ), 'success' ),
				( error ) => tell( error.message || __( 'WordPress does not answer.', 'ascribe' ), 'error' )
			).finally( () => {
				button.disabled = false;
			} );
		} );
	} );
}( window.wp ) );
