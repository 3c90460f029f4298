/**
 * What was found, in words: names of labels, how sure they are, numbers with their units, sources.
 */
( function ( wp ) {
	'use strict';

	const { __, _x, sprintf } = wp.i18n;

	const UNCERTAIN = 0.7;

	const LABELS = [
		{ id: 'quotation', sign: 'Q', name: __( 'Quotation', 'ascribe' ) },
		{ id: 'numerical_claim', sign: 'N', name: __( 'Number', 'ascribe' ) },
		{ id: 'editorial_assertion', sign: 'O', name: __( 'Opinion', 'ascribe' ) },
		{ id: 'factual_statement', sign: 'F', name: __( 'Fact', 'ascribe' ) },
	];

	const KINDS = {
		person: '',
		organization: __( 'organisation', 'ascribe' ),
		group: __( 'group', 'ascribe' ),
		document: __( 'document', 'ascribe' ),
		unnamed: __( 'unnamed source', 'ascribe' ),
	};

	const FORMS = {
		direct: __( 'direct', 'ascribe' ),
		indirect: __( 'indirect', 'ascribe' ),
		mixed: __( 'partly direct', 'ascribe' ),
	};

	/* translators: %s: a number with its unit. */
	const MODIFIERS = {
		about: __( 'about %s', 'ascribe' ),
		more_than: __( 'more than %s', 'ascribe' ),
		at_least: __( 'at least %s', 'ascribe' ),
		less_than: __( 'less than %s', 'ascribe' ),
		at_most: __( 'at most %s', 'ascribe' ),
	};

	const NUMBER = new Intl.NumberFormat( document.documentElement.lang || undefined, { maximumFractionDigits: 3 } );

	/** @param {number} share From 0 to 1. */
	const percent = ( share ) => Math.round( share * 100 ) + '%';

	/** Text on one line. */
	const flat = ( text ) => text.replace( /\s+/g, ' ' ).trim();

	/** How sure the label of a sentence is; a fact is as sure as no other label holds. */
	function sureness( { label, scores } ) {
		if ( 'factual_statement' === label ) {
			return 1 - Math.max( 0, ...Object.values( scores ) );
		}
		return scores[ label ] ?? 1;
	}

	/** Which labels a sentence has beside the one that stands for it. */
	const otherLabels = ( { label, labels } ) => LABELS.filter( ( { id } ) => id !== label && labels.includes( id ) );

	/** "imagined", "denied" or "thought" where a quotation was not simply uttered; else nothing. */
	function standing( { status, act } ) {
		if ( 'hypothetical' === status ) {
			return _x( 'imagined', 'quotation', 'ascribe' );
		}
		if ( 'denied' === status ) {
			return _x( 'denied', 'quotation', 'ascribe' );
		}
		return 'thought' === act ? _x( 'thought', 'quotation', 'ascribe' ) : '';
	}

	/** What was said, its pieces joined. */
	const saidWords = ( { content } ) => content.map( ( span ) => flat( span.text ) ).join( ' … ' );

	/** Who a source is beside its name: "organisation · NATO Secretary-General". */
	const sourceWords = ( { kind, role } ) => [ KINDS[ kind ], role ].filter( Boolean ).join( ' · ' );

	/** A quantity in a phrase: "up more than 9,000 households", "1–2%". */
	function quantityWords( quantity ) {
		const { value, upper, kind, unit, unit_text: written, per, modifier, change } = quantity;
		const range = null === upper ? NUMBER.format( value ) : NUMBER.format( value ) + '–' + NUMBER.format( upper );
		const singular = 'money' === kind || ( 1 === value && null === upper );
		const named = 'percent' === unit ? '%' : ( singular ? unit : written ?? unit );
		const whole = [ 'rank' === kind ? sprintf( /* translators: %s: a number. */ __( 'rank %s', 'ascribe' ), range ) : range, named ].filter( Boolean ).join( ' ' ).replace( ' %', '%' );
		const rated = per ? sprintf( /* translators: 1: an amount, 2: a unit such as "month". */ __( '%1$s per %2$s', 'ascribe' ), whole, per ) : whole;
		const hedged = MODIFIERS[ modifier ] ? sprintf( MODIFIERS[ modifier ], rated ) : rated;
		if ( 'increase' === change ) {
			return sprintf( /* translators: %s: an amount. */ __( 'up %s', 'ascribe' ), hedged );
		}
		return 'decrease' === change ? sprintf( /* translators: %s: an amount. */ __( 'down %s', 'ascribe' ), hedged ) : hedged;
	}

	window.ascribe = { UNCERTAIN, LABELS, FORMS, percent, flat, sureness, otherLabels, standing, saidWords, sourceWords, quantityWords };
}( window.wp ) );
