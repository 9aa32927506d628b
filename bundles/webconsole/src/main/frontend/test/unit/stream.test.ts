import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Api, ApiError } from '../../src/data/api';
import { backoff, follow, type StreamStatus } from '../../src/data/stream';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** An Api against a real server: addresses of the console are relative to its page, here to the server. */
async function serve(handle: (attempt: number) => { status: number; body: string }): Promise<{ api: Api; signedOut: () => boolean }> {
  let attempt = 0;
  let ended = false;
  const made = createServer((_request, response) => {
    const { status, body } = handle(++attempt);
    response.writeHead(status).end(body);
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(made.address() as AddressInfo).port}/`;
  class AtServer extends Api {
    override stream(expanded: readonly string[], signal: AbortSignal): Promise<Response> {
      const original = globalThis.fetch;
      globalThis.fetch = (path, init) => original(new URL(String(path), base), init);
      return super.stream(expanded, signal).finally(() => (globalThis.fetch = original));
    }
  }
  return { api: new AtServer(() => 'token', () => (ended = true)), signedOut: () => ended };
}

const SNAPSHOT = 'event: snapshot\ndata: {"revision":1,"nodes":[],"edges":[]}\n\n';

describe('follow', () => {
  it('reconnects after a break, and each connection begins with a snapshot', async () => {
    const { api } = await serve((attempt) => (attempt === 2 ? { status: 503, body: 'busy' } : { status: 200, body: SNAPSHOT }));
    const abort = new AbortController();
    const statuses: StreamStatus[] = [];
    let snapshots = 0;
    await follow(api, ['nv.a', 'nv.b'], {
      onSnapshot: () => {
        if (++snapshots === 2) abort.abort();
      },
      onDelta: () => undefined,
      onStatus: (status) => statuses.push(status),
    }, abort.signal);
    expect(snapshots).toBe(2);
    expect(statuses.slice(0, 3)).toEqual(['connecting', 'live', 'retrying']);
  });

  it('ends when the session has ended', async () => {
    const { api, signedOut } = await serve(() => ({ status: 408, body: '{"code":3,"error":"Session expired"}' }));
    const listener = { onSnapshot: () => undefined, onDelta: () => undefined, onStatus: () => undefined };
    await follow(api, [], listener, new AbortController().signal);
    expect(signedOut()).toBe(true);
  });
});

describe('backoff', () => {
  it('doubles up to a bound', () => {
    const waits = [1, 2, 3, 10, 1000].map((failures) => backoff(failures, () => 0.5));
    expect(waits).toEqual([500, 1000, 2000, 15_000, 15_000]);
  });
});

describe('ApiError', () => {
  it('knows the end of a session from a refusal', () => {
    expect([401, 408, 403, 0].map((status) => new ApiError(status, 0, '').signedOut)).toEqual([true, true, false, false]);
  });
});
