// What the checks ask of a document: functions that say what is wrong with it,
// a line each, at most SHOWN of them. None but unfolded() changes it.
const SHOWN = 12;

function few(flaws) {
	return flaws.length <= SHOWN ? flaws :
		[...flaws.slice(0, SHOWN), `and ${flaws.length - SHOWN} more`];
}

// An element as somebody finds it in the source.
function told(el) {
	const id = el.id ? '#' + el.id : '';
	const text = (el.textContent || '').trim().replace(/\s+/g, ' ');

	return `<${el.tagName.toLowerCase()}${id}> "${text.slice(0, 40)}"`;
}

function isSeen(el) {
	return el.checkVisibility({ checkOpacity: true,
				    checkVisibilityCSS: true });
}

// ---- colours ----

function colour(text) {
	const found = text.match(/^rgba?\(([^)]*)\)$/);

	if (!found)
		throw new Error('no colour that can be reckoned with: ' + text);
	const [r, g, b, a = 1] = found[1].split(/[ ,/]+/).map(Number);
	return { r, g, b, a };
}

function over(top, ground) {
	const mix = part => top[part] * top.a + ground[part] * (1 - top.a);

	return { r: mix('r'), g: mix('g'), b: mix('b'), a: 1 };
}

// WCAG 2.1, "relative luminance" and "contrast ratio".
function luminance(c) {
	const part = value => value / 255 <= 0.04045 ? value / 255 / 12.92 :
		((value / 255 + 0.055) / 1.055) ** 2.4;

	return 0.2126 * part(c.r) + 0.7152 * part(c.g) + 0.0722 * part(c.b);
}

function ratio(one, other) {
	const [low, high] = [luminance(one), luminance(other)].sort(
		(a, b) => a - b);

	return (high + 0.05) / (low + 0.05);
}

// What lies behind all else: CSS calls it Canvas, light or dark.
function canvas() {
	const probe = document.createElement('div');

	probe.style.background = 'Canvas';
	document.documentElement.append(probe);
	const found = colour(getComputedStyle(probe).backgroundColor);
	probe.remove();
	return found;
}

// { colour, opacity } behind an element's text, of all that it lies in.
function grounds() {
	const known = new Map([[null, { colour: canvas(), opacity: 1 }]]);

	return function ground(el) {
		if (!known.has(el)) {
			const below = ground(el.parentElement);
			const style = getComputedStyle(el);

			if (style.backgroundImage !== 'none')
				throw new Error('a picture behind ' + told(el));
			known.set(el, {
				colour: over(colour(style.backgroundColor),
					     below.colour),
				opacity: below.opacity * style.opacity });
		}
		return known.get(el);
	};
}

function touch(a, b) {
	return a.left < b.right && b.left < a.right &&
		a.top < b.bottom && b.top < a.bottom;
}

// Filled shapes of the picture that lie under the text, the lowest first.
function underneath(text) {
	const box = text.getBoundingClientRect();

	return [...text.ownerSVGElement.querySelectorAll(
		'rect, circle, path')].filter(shape =>
		shape.compareDocumentPosition(text) & 4 &&
		getComputedStyle(shape).fill !== 'none' &&
		touch(shape.getBoundingClientRect(), box));
}

function inkOf(fill, alpha) {
	const ink = colour(fill);

	return { ...ink, a: ink.a * alpha };
}

function contrastOf(el, pseudo, ground) {
	const { colour: behind, opacity } = ground(el);
	const style = getComputedStyle(el, pseudo);
	const size = parseFloat(style.fontSize);
	const isLarge = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
	const isDrawn = el instanceof SVGElement;
	const least = isLarge && !isDrawn ? 3 : 4.5;
	const ink = inkOf(isDrawn ? style.fill : style.color,
			  isDrawn ? opacity * style.fillOpacity : opacity);
	const papers = [behind];

	for (const shape of isDrawn ? underneath(el) : []) {
		const of = getComputedStyle(shape);

		papers.push(over(inkOf(of.fill, of.fillOpacity), behind));
	}
	const got = Math.min(...papers.map(paper => ratio(over(ink, paper),
							   paper)));

	return got < least ? [`${got.toFixed(2)}:1, not ${least}:1: ` +
			      `${told(el)}${pseudo || ''}`] : [];
}

// Elements with text of their own that is seen.
function withText() {
	const walker = document.createTreeWalker(document.body,
						 NodeFilter.SHOW_TEXT);
	const found = new Set();

	while (walker.nextNode())
		if (walker.currentNode.data.trim())
			found.add(walker.currentNode.parentElement);
	return [...found].filter(isSeen);
}

function contrast() {
	const ground = grounds();
	const flaws = withText().flatMap(el => contrastOf(el, null, ground));

	for (const el of document.body.querySelectorAll('[class]'))
		for (const pseudo of ['::before', '::after'])
			if (/^"/.test(getComputedStyle(el, pseudo).content) &&
			    isSeen(el))
				flaws.push(...contrastOf(el, pseudo, ground));
	return few(flaws);
}

// ---- what has room ----

function scrolls(el) {
	return el && el !== document.documentElement &&
		el !== document.body && (
		/auto|scroll/.test(getComputedStyle(el).overflowX) ||
		scrolls(el.parentElement));
}

// Content that is wider than its box, and can or cannot be scrolled to.
function cutBoxes(howCut) {
	return [...document.body.querySelectorAll('*')].filter(
		el => el.scrollWidth > el.clientWidth + 1 && el.clientWidth &&
		howCut.test(getComputedStyle(el).overflowX) && isSeen(el)).map(
		el => `cut at ${el.clientWidth} of ${el.scrollWidth}: ` +
			told(el));
}

function tooWide(width) {
	const root = document.scrollingElement;

	if (root.scrollWidth <= width)
		return [];
	const out = [...document.body.querySelectorAll('*')].filter(
		el => (el.getBoundingClientRect().right > width + 1 ||
		       (el.clientWidth && el.scrollWidth > el.clientWidth + 1)) &&
		!scrolls(el));
	return [`${root.scrollWidth} wide, not ${width}`,
		...out.slice(-3).map(told)];
}

function fits(width) {
	return few([...tooWide(width), ...cutBoxes(/hidden|clip/),
		    ...broken()]);
}

function isWholeOnPaper(width) {
	return few([...tooWide(width), ...cutBoxes(/hidden|clip|auto|scroll/),
		    ...broken()]);
}

// A number or a date that goes on in the next line is read wrongly.
function broken() {
	const value = /^[-+−]?\d[-\d.,]*%?$/;
	const range = document.createRange();

	return few([...document.querySelectorAll('td')].filter(
		el => value.test(el.textContent.trim())).filter(el => {
		range.selectNodeContents(el);
		const tops = [...range.getClientRects()].map(box => box.top);

		return Math.max(...tops) - Math.min(...tops) > 4;
	}).map(el => 'in several lines: ' + told(el)));
}

// ---- structure ----

function headings() {
	const all = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')];
	const level = el => Number(el.tagName[1]);
	const firsts = all.filter(el => level(el) === 1);
	const flaws = firsts.length === 1 ? [] : [`${firsts.length} h1`];

	all.forEach((el, i) => {
		if (!el.textContent.trim())
			flaws.push('a heading without text: ' + told(el));
		if (level(el) > (i ? level(all[i - 1]) : 0) + 1)
			flaws.push('a level is skipped: ' + told(el));
	});
	return few(flaws);
}

// Where one is, and where the text begins, for whoever does not see it.
function landmarks() {
	const flaws = document.title.trim() ? [] : ['a page without title'];
	const mains = document.querySelectorAll('main').length;

	return mains === 1 ? flaws : [...flaws, `${mains} main`];
}

function columnOf(cell) {
	let column = 0;

	for (const one of cell.parentElement.cells) {
		if (one === cell)
			return column;
		column += one.colSpan;
	}
	return column;
}

// Each cell has a heading at the front of its row or on top of its column.
function tables() {
	const flaws = [];

	for (const table of document.querySelectorAll('table')) {
		const rows = [...table.rows];
		const cells = rows.flatMap(row => [...row.cells]);
		const heads = cells.filter(cell => cell.tagName === 'TH');
		const columns = new Set(heads.filter(
			head => head.scope === 'col').map(columnOf));

		for (const head of heads)
			if (!['row', 'col'].includes(head.scope) ||
			    !head.textContent.trim())
				flaws.push('no heading of anything: ' +
					   told(head));
		for (const cell of cells)
			if (cell.tagName === 'TD' &&
			    !columns.has(columnOf(cell)) &&
			    cell.parentElement.cells[0].scope !== 'row')
				flaws.push('a cell without heading: ' +
					   told(cell));
		if (!heads.length)
			flaws.push('a table without headings: ' + told(table));
	}
	return few(flaws);
}

function ids() {
	const all = [...document.querySelectorAll('[id]')].map(el => el.id);
	const known = new Set();

	return few(all.filter(id => known.has(id) || !known.add(id)).map(
		id => 'twice: #' + id));
}

function links() {
	return few([...document.querySelectorAll('a[href]')].flatMap(el => {
		const to = el.getAttribute('href');
		const flaws = el.textContent.trim() ||
			el.getAttribute('aria-label') ? [] :
			['a link without text: ' + to];

		if (to.startsWith('#') && !document.getElementById(
			decodeURIComponent(to.slice(1))))
			flaws.push('leads nowhere: ' + to);
		return flaws;
	}));
}

// ---- language ----

const CHINESE = /\p{Script=Han}/u;

// selector: what the page says itself; others: what both languages write so.
function words(lang, selector, others) {
	const flaws = document.documentElement.lang === lang ? [] :
		[`the page is in "${document.documentElement.lang}"`];

	for (const el of document.querySelectorAll(selector)) {
		const text = el.textContent.trim();

		if (!others.includes(text) &&
		    CHINESE.test(text) !== (lang === 'zh-CN'))
			flaws.push('another language: ' + told(el));
	}
	if (!document.querySelector(selector))
		flaws.push('says nothing: ' + selector);
	return few(flaws);
}

// Five English words on end, in what is said to be Chinese.
function tongues() {
	const flaws = [];
	const walk = document.createTreeWalker(document.body,
					       NodeFilter.SHOW_TEXT);

	for (let node = walk.nextNode(); node; node = walk.nextNode()) {
		const el = node.parentElement;

		if (/([A-Za-z]+[ ,.;:]+){4}[A-Za-z]+/.test(node.data) &&
		    !el.closest('code, pre, style, script') &&
		    el.closest('[lang]').lang.startsWith('zh'))
			flaws.push('not called English: ' + told(el));
	}
	return few(flaws);
}

// ---- plots ----

// Where a text has ink, on the screen: not the font's whole height.
function inkBox(text) {
	const pen = document.createElement('canvas').getContext('2d');
	const style = getComputedStyle(text);

	pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
	const size = pen.measureText(text.textContent);
	const start = text.getStartPositionOfChar(0);
	const to = text.getScreenCTM();
	const corner = (x, y) => new DOMPoint(x, y).matrixTransform(to);
	const upper = corner(start.x, start.y - size.actualBoundingBoxAscent);
	const lower = corner(start.x + text.getComputedTextLength(),
			     start.y + size.actualBoundingBoxDescent);

	return { left: upper.x, top: upper.y, right: lower.x,
		 bottom: lower.y, el: text };
}

function isInside(box, whole) {
	return box.left >= whole.left - 1 && box.right <= whole.right + 1 &&
		box.top >= whole.top - 1 && box.bottom <= whole.bottom + 1;
}

function plotFlaws(svg) {
	const whole = svg.getBoundingClientRect();
	const texts = [...svg.querySelectorAll('text')].filter(
		el => el.textContent.trim()).map(inkBox);
	const flaws = texts.filter(box => !isInside(box, whole)).map(
		box => 'leaves the picture: ' + told(box.el));

	texts.forEach((box, i) => {
		for (const other of texts.slice(i + 1))
			if (touch(box, other))
				flaws.push(`${told(box.el)} lies on ` +
					   told(other.el));
		for (const shape of svg.querySelectorAll('rect, circle'))
			if (touch(box, shape.getBoundingClientRect()))
				flaws.push(`${told(box.el)} lies on a ` +
					   shape.tagName);
	});
	return flaws;
}

function plots() {
	return few([...document.querySelectorAll('svg')].flatMap(plotFlaws));
}

// ---- scripts ----

function scripts() {
	const own = [...document.scripts].filter(
		el => el.type !== 'application/ld+json');
	const hooks = [...document.querySelectorAll('*')].filter(
		el => [...el.attributes].some(
			one => one.name.startsWith('on') ||
			/^\s*javascript:/i.test(one.value)));

	return few([...own, ...hooks].map(el => 'runs: ' + el.outerHTML.slice(
		0, 80)));
}

// What a text that slips through could do, tried and taken back. Calls done
// with what the page's policy did not forbid.
function attempts(elsewhere, done) {
	const flaws = [];
	const script = document.createElement('script');
	const image = new Image();
	const style = document.createElement('p');

	script.textContent = 'window.hasRun = true';
	style.setAttribute('style', 'display: none');
	document.body.append(script, style);
	if (window.hasRun)
		flaws.push('a script runs');
	if (getComputedStyle(style).display === 'none')
		flaws.push('a style of an attribute counts');
	script.remove();
	style.remove();
	image.onload = () => done([...flaws, 'a picture is fetched']);
	image.onerror = () => done(flaws);
	image.src = elsewhere;
}

function unfolded() {
	for (const el of document.querySelectorAll('details'))
		el.open = true;
}
