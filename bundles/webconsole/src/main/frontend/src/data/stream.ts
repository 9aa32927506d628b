import type { Delta, Snapshot } from '../domain/types';
import type { Api } from './api';
import { ApiError } from './api';
import { EventParser } from './sse';

export type StreamStatus = 'connecting' | 'live' | 'retrying';

export interface StreamListener {
  onSnapshot(snapshot: Snapshot): void;
  onDelta(delta: Delta): void;
  onStatus(status: StreamStatus): void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** The controller pings; silence for this long means that the connection is dead without saying so. */
const SILENCE_MS = 45_000;

/** The wait before the n-th attempt after a failure: doubling, bounded, and spread so that consoles do not come in step. */
export function backoff(failures: number, random: () => number = Math.random): number {
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1));
  return wait * (0.75 + random() / 2);
}

/**
 * Keeps the live stream open until it is aborted or the session ends; returns then. Each connection begins with a snapshot,
 * so a break costs nothing but the time until the next one.
 */
export async function follow(
  api: Api,
  expanded: readonly string[],
  listener: StreamListener,
  signal: AbortSignal,
): Promise<void> {
  let failures = 0;
  listener.onStatus('connecting');
  while (!signal.aborted) {
    const heard = { any: false };
    try {
      await connectOnce(api, expanded, listener, signal, heard);
    } catch (failure) {
      if (signal.aborted || (failure instanceof ApiError && failure.signedOut)) return;
      if (!(failure instanceof Error)) throw failure;
    }
    if (signal.aborted) return;
    failures = heard.any ? 1 : failures + 1;
    listener.onStatus('retrying');
    await sleep(backoff(failures), signal);
  }
}

async function connectOnce(
  api: Api,
  expanded: readonly string[],
  listener: StreamListener,
  signal: AbortSignal,
  heard: { any: boolean },
): Promise<void> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  try {
    const answer = await api.stream(expanded, AbortSignal.any([signal, silence.signal]));
    if (!answer.body) return;
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    const parser = new EventParser();
    for (;;) {
      const { done, value } = await reader.read();
      if (done || signal.aborted) return;
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
      for (const event of parser.feed(value)) {
        if (event.type === 'snapshot') {
          heard.any = true;
          listener.onSnapshot(JSON.parse(event.data) as Snapshot);
          listener.onStatus('live');
        } else if (event.type === 'delta') {
          listener.onDelta(JSON.parse(event.data) as Delta);
        }
      }
    }
  } finally {
    clearTimeout(timer);
  }
}

function sleep(millis: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
