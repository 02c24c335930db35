// The same two routes in fastify with pg, over the same tables and with the
// same statements (schema/queries), as a good service in it would be written:
// named prepared statements, a JSON schema in and out, sessions in memory.
// It logs nothing. Environment: PGHOST PGUSER PGDATABASE, PORT, QUERIES,
// POOL (connections), PIPELINE (1: pg's pipeline option), PROCESSES.
'use strict';
const cluster = require('cluster');
const crypto = require('crypto');
const fs = require('fs');

const processes = Number(process.env.PROCESSES || 1);

function statement(name) {
	return fs.readFileSync(`${process.env.QUERIES}/${name}.sql`, 'utf8');
}

const text = { type: ['string', 'null'] };
const integer = { type: ['integer', 'null'] };
const texts = { type: 'array', items: { type: 'string' } };

// What an enterprise says of a posting, in the order of the statement.
const said = {
	post_category_id: text, kind: { type: 'string' },
	title: { type: 'string', minLength: 1, maxLength: 100 },
	openings: { type: 'integer', minimum: 1, maximum: 10000 },
	targets: texts, occupation_code: text,
	division_code: { type: 'string' }, address: text,
	pay_min_fen: integer, pay_max_fen: integer, pay_standard_fen: integer,
	period_start: text, period_end: text, min_education: text,
	required_skills: texts, preferred_skills: texts,
	required_certificates: texts, preferred_certificates: texts,
	min_age: integer, day_minutes: integer, week_minutes: integer,
	labour_grade: integer, conditions: texts, exception_filing: text,
	ref_system: text, ref: text,
	description: { type: 'string', maxLength: 20000 },
};
const names = Object.keys(said);
const posting = {
	type: 'object',
	properties: {
		id: { type: 'string' }, enterprise_id: { type: 'string' },
		...said, state: { type: 'string' }, published_at: text,
		closes_at: text, version: { type: 'integer' },
		created_at: text, updated_at: text,
	},
};
const draft = {
	type: 'object', properties: said, additionalProperties: false,
	required: ['kind', 'title', 'openings', 'division_code'],
};

function uuid7() {
	const raw = crypto.randomBytes(16);
	raw.writeUIntBE(Date.now(), 0, 6);
	raw[6] = raw[6] & 0x0f | 0x70;
	raw[8] = raw[8] & 0x3f | 0x80;
	const hex = raw.toString('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-` +
		`${hex.slice(16, 20)}-${hex.slice(20)}`;
}

// A Date for each time would cost it more than the text it becomes.
function timeText(value) {
	return value.slice(0, 10) + 'T' + value.slice(11, 23) + 'Z';
}

async function connect() {
	const { Pool, types } = require('pg');
	const pipeline = process.env.PIPELINE === '1';
	const max = Number(process.env.POOL || 10);
	types.setTypeParser(1082, value => value);
	types.setTypeParser(1184, timeText);
	types.setTypeParser(20, Number);
	const pool = new Pool({ max, pipeline, options: '-c TimeZone=UTC' });
	if (!pipeline)
		return query => pool.query(query);
	const clients = await Promise.all(
		Array.from({ length: max }, () => pool.connect()));
	let turn = 0;
	return query => clients[turn++ % max].query(query);
}

function addSignIn(app, ask) {
	const actors = new Map();

	app.decorateRequest('actor', null);
	app.addHook('onRequest', async (request, reply) => {
		const header = request.headers.authorization || '';
		const hash = crypto.createHash('sha256')
			.update(header.slice(7)).digest('hex');
		let actor = actors.get(hash);
		if (!actor) {
			const found = await ask({ name: 'session',
				text: statement('session_by_token'),
				values: [hash] });
			actor = found.rows[0];
			if (actor)
				actors.set(hash, actor);
		}
		if (!actor)
			return reply.code(401).send({ title: 'Not signed in' });
		request.actor = actor;
	});
}

function addRoutes(app, ask) {
	const byId = statement('posting_by_id');
	const insert = statement('posting_new');

	app.get('/v1/postings/:id', { schema: { response: { 200: posting } } },
		async (request, reply) => {
			const { consortium_id, owner_id } = request.actor;
			const found = await ask({ name: 'get', text: byId,
				values: [consortium_id, request.params.id,
					owner_id] });
			if (!found.rows.length)
				return reply.code(404).send({});
			reply.header('ETag', `"v${found.rows[0].version}"`);
			return found.rows[0];
		});
	app.post('/v1/postings', { schema: { body: draft,
			response: { 201: posting } } },
		async (request, reply) => {
			const { consortium_id, owner_id, account_id, role } =
				request.actor;
			if (role !== 'enterprise')
				return reply.code(403).send({});
			const body = request.body;
			const values = [consortium_id, uuid7(), owner_id,
				account_id];
			for (const name of names)
				values.push(body[name] ??
					(said[name] === texts ? [] : null));
			const made = await ask({ name: 'new', text: insert,
				values });
			if (!made.rows.length)
				return reply.code(422).send({});
			reply.code(201).header('Location',
				'/v1/postings/' + made.rows[0].id);
			reply.header('ETag', `"v${made.rows[0].version}"`);
			return made.rows[0];
		});
}

async function serve() {
	const app = require('fastify')({ logger: false });
	const ask = await connect();

	addSignIn(app, ask);
	addRoutes(app, ask);
	await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
}

if (processes > 1 && cluster.isPrimary)
	for (let i = 0; i < processes; i++)
		cluster.fork();
else
	serve();
