/**
 * The block editor's panel: the findings in a sidebar of their own, asked for anew after every save.
 */
( function ( wp, ascribe ) {
	'use strict';

	const { createElement: el, Fragment, useEffect, useRef, useState } = wp.element;
	const { useSelect } = wp.data;
	const { __ } = wp.i18n;
	const { PluginSidebar, PluginSidebarMoreMenuItem } = wp.editor?.PluginSidebar ? wp.editor : wp.editPost;

	const ICON = 'format-quote';

	/** Goes up by one whenever a save, but no autosave, has come to its end. */
	function useSaves() {
		const saving = useSelect( ( select ) => select( 'core/editor' ).isSavingPost() && ! select( 'core/editor' ).isAutosavingPost(), [] );
		const [ saves, setSaves ] = useState( 0 );
		const before = useRef( saving );
		useEffect( () => {
			if ( before.current && ! saving ) {
				setSaves( ( count ) => count + 1 );
			}
			before.current = saving;
		}, [ saving ] );
		return saves;
	}

	/** Letters and digits alone, since the editor's text differs from the rendered one in quotation marks and blanks. */
	const bare = ( text ) => text.normalize( 'NFKC' ).replace( /[^\p{L}\p{N}]+/gu, '' );

	/** Every block with those inside it, innermost first. */
	const walk = ( blocks ) => blocks.flatMap( ( block ) => [ ...walk( block.innerBlocks ), block ] );

	/** Selects the block that holds `text`, or the beginning of it. */
	function pick( text ) {
		const wanted = bare( text ).slice( 0, 60 );
		const reader = new DOMParser(); // What it parses never runs.
		const found = walk( wp.data.select( 'core/block-editor' ).getBlocks() ).find( ( block ) => {
			const page = reader.parseFromString( wp.blocks.getBlockContent( block ), 'text/html' );
			return bare( page.body.textContent ).includes( wanted );
		} );
		if ( found ) {
			wp.data.dispatch( 'core/block-editor' ).selectBlock( found.clientId );
		}
	}

	function Panel() {
		const turn = useSaves();
		const { postId, unsaved } = useSelect( ( select ) => ( {
			postId: select( 'core/editor' ).getCurrentPostId(),
			unsaved: select( 'core/editor' ).isEditedPostDirty(),
		} ), [] );
		return el( Fragment, {},
			el( PluginSidebarMoreMenuItem, { target: 'ascribe', icon: ICON }, __( 'Ascribe', 'ascribe' ) ),
			el( PluginSidebar, { name: 'ascribe', title: __( 'Ascribe', 'ascribe' ), icon: ICON },
				el( ascribe.Findings, { postId, turn, unsaved, onPick: pick } ) )
		);
	}

	wp.plugins.registerPlugin( 'ascribe', { render: Panel, icon: ICON } );
}( window.wp, window.ascribe ) );
