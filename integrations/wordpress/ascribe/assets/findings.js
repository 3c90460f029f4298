/**
 * The findings of one post as both editors show them: by label, by speaker, by number.
 */
( function ( wp, ascribe ) {
	'use strict';

	const { createElement: el, useCallback, useEffect, useRef, useState } = wp.element;
	const { Button, Notice, PanelBody, Spinner } = wp.components;
	const { __, sprintf } = wp.i18n;
	const { UNCERTAIN, LABELS, FORMS, percent, flat, sureness, otherLabels, standing, saidWords, sourceWords, quantityWords } = ascribe;

	/** What the server has of the post, asked anew while a reading waits, more and more seldom, and when `turn` changes. */
	function useFindings( postId, turn ) {
		const [ told, setTold ] = useState( null );
		const [ fault, setFault ] = useState( '' );
		const timer = useRef();
		const ask = useCallback( ( method, pause ) => {
			clearTimeout( timer.current );
			wp.apiFetch( { path: '/ascribe/v1/posts/' + postId, method } ).then(
				( found ) => {
					setTold( found );
					setFault( '' );
					if ( 'waiting' === found.status ) {
						timer.current = setTimeout( () => ask( 'GET', Math.min( pause * 1.5, 30000 ) ), pause );
					}
				},
				( error ) => setFault( error.message || __( 'WordPress does not answer.', 'ascribe' ) )
			);
		}, [ postId ] );
		useEffect( () => {
			ask( 'GET', 1500 );
			return () => clearTimeout( timer.current );
		}, [ ask, turn ] );
		return { told, fault, readAgain: () => ask( 'POST', 1500 ) };
	}

	/** Everything about one post. `turn` changes whenever it was saved; `onPick` hears the words of a finding picked. */
	function Findings( { postId, turn, unsaved, onPick } ) {
		const { told, fault, readAgain } = useFindings( postId, turn );
		const button = ( words ) => el( Button, { variant: 'secondary', onClick: readAgain }, words );
		if ( ! told ) {
			return el( 'div', { className: 'ascribe-state' }, fault ? el( Warning, {}, fault ) : el( Spinner ) );
		}
		const { status, message, extraction } = told;
		const waiting = 'waiting' === status;
		return el( 'div', { className: 'ascribe', 'aria-busy': waiting },
			el( 'div', { className: 'ascribe-state', role: 'status' },
				! told.configured && el( Warning, {}, __( 'No service is set up yet: see Settings → Ascribe.', 'ascribe' ) ),
				fault && el( Warning, {}, fault ),
				waiting && el( 'p', {}, el( Spinner ), extraction ? __( 'The saved post is being read again…', 'ascribe' ) : __( 'The saved post is being read…', 'ascribe' ) ),
				message && el( Warning, {}, message, waiting ? ' ' + __( 'It will be tried again.', 'ascribe' ) : '' ),
				'none' === status && ! extraction && el( 'p', {}, __( 'The post is read when it is saved.', 'ascribe' ) ),
				unsaved && extraction && el( 'p', { className: 'ascribe-quiet' }, __( 'These are the findings of the post as it was saved last.', 'ascribe' ) )
			),
			extraction && el( Lists, { extraction, onPick } ),
			el( 'div', { className: 'ascribe-foot' },
				! waiting && told.configured && button( extraction ? __( 'Read again', 'ascribe' ) : __( 'Read now', 'ascribe' ) ),
				extraction && el( 'span', { className: 'ascribe-quiet' }, sprintf( /* translators: 1: a model's name, 2: its version. */ __( 'model %1$s %2$s', 'ascribe' ), extraction.model.name, extraction.model.version ) )
			)
		);
	}

	const Warning = ( { children } ) => el( Notice, { status: 'warning', isDismissible: false }, children );

	function Lists( { extraction, onPick } ) {
		const { sentences, quotations, speakers, quantities, warnings } = extraction;
		const names = Object.fromEntries( speakers.map( ( speaker ) => [ speaker.id, speaker ] ) );
		return el( 'div', {},
			warnings.map( ( { code, detail } ) => el( Warning, { key: code + detail }, detail ) ),
			el( Sentences, { sentences, onPick } ),
			el( Quotations, { quotations, speakers, onPick } ),
			el( Numbers, { quantities, names, sentences, onPick } )
		);
	}

	const titled = ( name, count ) => sprintf( '%1$s (%2$d)', name, count );
	const None = ( { children } ) => el( 'p', { className: 'ascribe-quiet' }, children );

	/** How many sentences have which label; a press shows them. */
	function Sentences( { sentences, onPick } ) {
		const [ chosen, choose ] = useState( null );
		const labelled = sentences.filter( ( { label } ) => label );
		const choices = [ ...LABELS, { id: 'all', name: __( 'All', 'ascribe' ) } ].map( ( choice ) => ( {
			...choice,
			theirs: labelled.filter( ( { label } ) => 'all' === choice.id || label === choice.id ),
		} ) );
		const shown = choices.find( ( { id } ) => id === chosen )?.theirs ?? [];
		return el( PanelBody, { title: titled( __( 'Sentences', 'ascribe' ), labelled.length ), initialOpen: true, className: 'ascribe-sentences' },
			! labelled.length && el( None, {}, __( 'No sentence was labelled.', 'ascribe' ) ),
			el( 'div', { className: 'ascribe-counts', role: 'group', 'aria-label': __( 'Show the sentences', 'ascribe' ) },
				choices.map( ( { id, sign, name, theirs } ) =>
					el( 'button', { key: id, type: 'button', className: 'is-' + id, disabled: ! theirs.length, 'aria-pressed': chosen === id, onClick: () => choose( chosen === id ? null : id ) },
						sign && el( Sign, { id, sign } ), el( 'span', { className: 'ascribe-label' }, name ), el( 'b', {}, theirs.length ) ) )
			),
			shown.length > 0 && el( 'ol', { className: 'ascribe-list' }, shown.map( ( sentence ) => el( SentenceEntry, { key: sentence.id, sentence, onPick } ) ) )
		);
	}

	const Sign = ( { id, sign } ) => el( 'span', { className: 'ascribe-sign is-' + id, 'aria-hidden': true }, sign );

	function SentenceEntry( { sentence, onPick } ) {
		const { id, sign, name } = LABELS.find( ( each ) => each.id === sentence.label );
		const sure = sureness( sentence );
		const others = otherLabels( sentence ).map( ( other ) => sprintf( /* translators: %s: a label. */ __( 'also %s', 'ascribe' ), other.name.toLowerCase() ) );
		return el( Entry, { sure, onPick, text: sentence.text, about: [ name, ...others ], mark: el( Sign, { id, sign } ) }, flat( sentence.text ) );
	}

	/** One line of a list: a button that shows its place in the text; what is uncertain says so. */
	function Entry( { sure, onPick, text, about, mark, children } ) {
		const unsure = undefined !== sure && sure < UNCERTAIN;
		const words = [ ...about, undefined !== sure && ( unsure ? sprintf( /* translators: %s: a percentage. */ __( 'uncertain, %s', 'ascribe' ), percent( sure ) ) : percent( sure ) ) ].filter( Boolean ).join( ' · ' );
		const inner = [ mark, el( 'span', { key: 'w', className: 'ascribe-words' }, children, el( 'small', {}, words ) ) ];
		return el( 'li', { className: unsure ? 'is-uncertain' : undefined },
			onPick ? el( 'button', { type: 'button', onClick: () => onPick( text ) }, ...inner ) : el( 'div', {}, ...inner ) );
	}

	/** The quotations under those who are quoted, in the order of their first words. */
	function Quotations( { quotations, speakers, onPick } ) {
		const groups = speakers.map( ( speaker ) => ( { speaker, theirs: quotations.filter( ( each ) => each.speaker === speaker.id ) } ) );
		const loose = quotations.filter( ( each ) => ! each.speaker );
		return el( PanelBody, { title: titled( __( 'Quotations', 'ascribe' ), quotations.length ), initialOpen: true, className: 'ascribe-quotations' },
			! quotations.length && el( None, {}, __( 'Nobody is quoted.', 'ascribe' ) ),
			groups.filter( ( { theirs } ) => theirs.length ).map( ( { speaker, theirs } ) =>
				el( Source, { key: speaker.id, name: speaker.name, about: sourceWords( speaker ), theirs, onPick } ) ),
			loose.length > 0 && el( Source, { name: __( 'Nobody named', 'ascribe' ), about: __( 'the article does not say who', 'ascribe' ), theirs: loose, onPick } )
		);
	}

	const Source = ( { name, about, theirs, onPick } ) => el( 'section', { className: 'ascribe-source' },
		el( 'h3', {}, name ),
		about && el( 'p', { className: 'ascribe-quiet' }, about ),
		el( 'ol', { className: 'ascribe-list' }, theirs.map( ( quotation ) => el( Entry, {
			key: quotation.id,
			sure: quotation.confidence,
			onPick,
			text: quotation.content[ 0 ].text,
			about: [ standing( quotation ), FORMS[ quotation.kind ] ],
		}, el( 'direct' === quotation.kind ? 'q' : 'span', {}, saidWords( quotation ).replace( 'direct' === quotation.kind ? /^[“"]|[”"]$/g : '', '' ) ) ) ) )
	);

	/** The quantities with whose they are; the same words said by the article itself are its own. */
	function Numbers( { quantities, names, sentences, onPick } ) {
		const places = Object.fromEntries( sentences.map( ( sentence ) => [ sentence.id, sentence ] ) );
		return el( PanelBody, { title: titled( __( 'Numbers', 'ascribe' ), quantities.length ), initialOpen: true, className: 'ascribe-numbers' },
			! quantities.length && el( None, {}, __( 'No numbers were found.', 'ascribe' ) ),
			el( 'ol', { className: 'ascribe-list' }, quantities.map( ( quantity ) => {
				const who = quantity.speaker && names[ quantity.speaker ] ? sprintf( /* translators: %s: a name. */ __( 'says %s', 'ascribe' ), names[ quantity.speaker ].name ) : __( 'says the article', 'ascribe' );
				const of = quantity.of && sprintf( /* translators: %s: what a number counts. */ __( 'of %s', 'ascribe' ), quantity.of );
				const vague = 'vague' === quantity.modifier && __( 'vague', 'ascribe' );
				const same = flat( quantity.text ) === quantityWords( quantity );
				return el( Entry, { key: quantity.id, onPick, text: places[ quantity.sentence ]?.text ?? quantity.text, about: [ of, vague, who ] },
					el( 'b', {}, quantityWords( quantity ) ), ! same && el( 'span', { className: 'ascribe-quiet' }, ' “' + flat( quantity.text ) + '”' ) );
			} ) )
		);
	}

	ascribe.Findings = Findings;
}( window.wp, window.ascribe ) );
