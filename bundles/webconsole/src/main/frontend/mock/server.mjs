import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { World } from './world.mjs';

const WEBUI = fileURLToPath(new URL('../../../../target/classes/webui/', import.meta.url));

/** The headers of the real server, so that what its content security policy forbids fails here too. */
const SECURITY = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
};
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml' };

/** A controller made of a generated world, with one user: admin, password "open". */
export class MockController {
  /** @param {World} [world] */
  constructor(world = new World()) {
    this.world = world;
    this.token = 'mock-token-1';
    /** Snapshots wait for this: a test can hold them back. */
    this.gate = Promise.resolve();
    /** @type {Set<{expanded: ReadonlySet<string>, send: (type: string, data: unknown) => void, end: () => void}>} */
    this.streams = new Set();
    /** @type {any[]} */
    this.sniffers = [];
    this.server = createServer((request, response) => {
      this.#handle(request, response).catch((failure) => {
        process.stderr.write(`${failure.stack}\n`);
        response.destroy();
      });
    });
  }

  /** @param {number} port 0 for any @returns {Promise<string>} the address */
  async start(port = 0) {
    await new Promise((resolve) => this.server.listen(port, '127.0.0.1', () => resolve(undefined)));
    const address = /** @type {import('node:net').AddressInfo} */ (this.server.address());
    return `http://127.0.0.1:${address.port}/`;
  }

  async stop() {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  /** Ends every session: the token that was given is no longer known. */
  expireSessions() {
    this.token = `mock-token-${Date.now()}`;
  }

  /** Tells every open stream about these flows. @param {any[]} flows */
  publish(flows) {
    for (const stream of this.streams) {
      stream.send('delta', { revision: this.world.revision, nodes: [], edges: this.world.edges(flows, stream.expanded), removed_nodes: [], removed_edges: [] });
    }
  }

  /** @param {{from: string, to: string, application: string, port: string, action?: string}} flow */
  addFlow(flow) {
    this.publish([this.world.addFlow(flow)]);
  }

  /** Announces a new group with its first flow. @param {any} service @param {any} flow */
  addGroup(service, flow) {
    const id = this.world.addGroup(service);
    const added = this.world.addFlow(flow);
    for (const stream of this.streams) {
      stream.send('delta', { revision: this.world.revision, nodes: [this.world.groups.get(id).node], edges: this.world.edges([added], stream.expanded), removed_nodes: [], removed_edges: [] });
    }
  }

  tick() {
    this.publish(this.world.tick());
  }

  /** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
  async #handle(request, response) {
    const url = new URL(request.url ?? '/', 'http://mock');
    if (!url.pathname.startsWith('/v1/')) return this.#file(url.pathname, response);
    const body = await readBody(request);
    const route = `${request.method} ${url.pathname}`;
    if (route === 'POST /v1/auth') return this.#logIn(body, response);
    if (request.headers['x-auth-token'] !== this.token) {
      return json(response, 408, { code: 3, error: 'Session expired', message: 'Session expired' });
    }
    const workload = url.searchParams.get('f_workload') ?? '';
    if (route === 'DELETE /v1/auth') return json(response, 200, {});
    if (route === 'GET /v1/system/summary') return json(response, 200, { summary: this.world.summary() });
    if (route === 'GET /v1/workload') return json(response, 200, { workloads: this.world.workloads() });
    if (route === 'GET /v1/session') return json(response, 200, { sessions: this.world.sessions(workload) });
    if (route === 'GET /v1/stream') return this.#stream(url, response);
    if (route === 'GET /v1/sallyport/conversation') {
      const { searchParams: q } = url;
      return json(response, 200, { conversations: this.world.conversations(q.get('from') ?? '', q.get('to') ?? '') });
    }
    if (url.pathname.startsWith('/v1/sniffer')) return this.#sniffer(route, workload, body, response);
    return json(response, 404, { code: 1, error: 'URL not found', message: 'URL not found' });
  }

  /** @param {any} body @param {import('node:http').ServerResponse} response */
  #logIn(body, response) {
    const { username, password } = body?.password ?? {};
    if (username !== 'admin' || password !== 'open') {
      return json(response, 401, { code: 3, error: 'Authentication failed', message: 'The username or the password is wrong.' });
    }
    return json(response, 200, { token: { token: this.token, username, role: 'admin', timeout: 300 }, password_days_until_expire: -1 });
  }

  /** @param {URL} url @param {import('node:http').ServerResponse} response */
  #stream(url, response) {
    const expanded = new Set((url.searchParams.get('expand') ?? '').split(',').filter((id) => id !== ''));
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    const stream = {
      expanded,
      send: (/** @type {string} */ type, /** @type {unknown} */ data) => response.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`),
      end: () => response.end(),
    };
    this.streams.add(stream);
    void this.gate.then(() => stream.send('snapshot', this.world.snapshot(expanded)));
    const ping = setInterval(() => stream.send('ping', {}), 15_000).unref();
    response.on('close', () => {
      clearInterval(ping);
      this.streams.delete(stream);
    });
  }

  /** @param {string} route @param {string} workload @param {any} body @param {import('node:http').ServerResponse} response */
  #sniffer(route, workload, body, response) {
    const id = route.split('/').find((part) => part.startsWith('sniffer-'));
    const sniffer = this.sniffers.find((candidate) => candidate.id === id);
    if (route === 'GET /v1/sniffer') {
      return json(response, 200, { sniffers: this.sniffers.filter((s) => s.container_id === workload) });
    }
    if (route === 'POST /v1/sniffer') {
      const made = { id: `sniffer-${this.sniffers.length + 1}`, status: 'running', enforcer_id: 'enforcer-1', container_id: workload, size: 0, file_number: 1 };
      this.sniffers.push(made);
      setTimeout(() => Object.assign(made, { status: 'stopped', size: 24 }), body.sniffer.duration * 1000).unref();
      return json(response, 200, { result: { id: made.id } });
    }
    if (!sniffer) return json(response, 404, { code: 7, error: 'Object not found', message: 'There is no such capture.' });
    if (route.startsWith('PATCH')) Object.assign(sniffer, { status: 'stopped', size: 24 });
    if (route.startsWith('DELETE')) this.sniffers.splice(this.sniffers.indexOf(sniffer), 1);
    if (!route.endsWith('/pcap')) return json(response, 200, {});
    response.writeHead(200, { 'Content-Type': 'application/vnd.tcpdump.pcap' });
    return response.end(Buffer.from('d4c3b2a1020004000000000000000000ffff000001000000', 'hex'));
  }

  /** @param {string} path @param {import('node:http').ServerResponse} response */
  async #file(path, response) {
    const name = path.endsWith('/') ? `${path}index.html` : path;
    const file = join(WEBUI, normalize(name));
    try {
      const content = await readFile(file);
      const type = TYPES[/** @type {keyof typeof TYPES} */ (extname(file))] ?? 'application/octet-stream';
      response.writeHead(200, { ...SECURITY, 'Content-Type': type });
      response.end(content);
    } catch (missing) {
      if (/** @type {NodeJS.ErrnoException} */ (missing).code !== 'ENOENT') throw missing;
      response.writeHead(404, SECURITY).end('Not found');
    }
  }
}

/** @param {import('node:http').IncomingMessage} request */
async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

/** @param {import('node:http').ServerResponse} response @param {number} status @param {unknown} body */
function json(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}
