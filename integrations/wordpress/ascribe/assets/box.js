/**
 * The classic editor's box: the findings below the text.
 */
( function ( wp, ascribe ) {
	'use strict';

	wp.domReady( () => {
		const box = document.getElementById( 'ascribe-box' );
		if ( ! box ) {
			return;
		}
		const findings = wp.element.createElement( ascribe.Findings, { postId: Number( box.dataset.post ), turn: 0 } );
		if ( wp.element.createRoot ) {
			wp.element.createRoot( box ).render( findings );
		} else {
			wp.element.render( findings, box );
		}
	} );
}( window.wp, window.ascribe ) );
