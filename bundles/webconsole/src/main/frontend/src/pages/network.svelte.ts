import type { Api } from '../data/api';
import { follow, type StreamStatus } from '../data/stream';
import { type Change, Graph } from '../domain/graph';

const FRESH_MS = 4_000;
/** Changes come in bursts; the picture follows ten times a second. */
const REDRAW_MS = 100;

/** The live graph as the page shows it: follows the stream, can be paused, and knows what has just appeared. */
export class LiveGraph {
  status = $state<StreamStatus>('connecting');
  loaded = $state(false);
  paused = $state(false);
  /** Changes that came while paused. */
  waiting = $state(0);
  /** Ids of the controller's edges that appeared within the last seconds. */
  fresh = $state.raw<ReadonlySet<string>>(new Set());
  /** Counts the changes of what is shown; reading it makes a reader follow. */
  version = $state(0);

  private readonly live = new Graph();
  private frozen: Graph | undefined;
  private bumpTimer: ReturnType<typeof setTimeout> | undefined;
  private lastBump = 0;

  constructor(private readonly api: Api) {}

  get shown(): Graph {
    return this.frozen ?? this.live;
  }

  /** Follows the stream with these groups shown as containers, until the returned function is called. */
  connect(expanded: readonly string[]): () => void {
    const abort = new AbortController();
    let first = true;
    const ended = follow(
      this.api,
      expanded,
      {
        onSnapshot: (snapshot) => {
          performance.mark('sallyport-snapshot');
          const change = this.live.applySnapshot(snapshot);
          this.took(change, !first);
          first = false;
          this.loaded = true;
        },
        onDelta: (delta) => this.took(this.live.applyDelta(delta), true),
        onStatus: (status) => (this.status = status),
      },
      abort.signal,
    );
    ended.catch((failure: unknown) => {
      if (!abort.signal.aborted) throw failure;
    });
    return () => abort.abort();
  }

  pause(on: boolean): void {
    this.paused = on;
    this.waiting = 0;
    this.frozen = on ? this.live.copy() : undefined;
    this.version++;
  }

  private took(change: Change, news: boolean): void {
    if (news && change.newEdges.length > 0) this.highlight(change.newEdges);
    if (this.paused) {
      this.waiting++;
      return;
    }
    if (this.bumpTimer !== undefined) return;
    const wait = Math.max(0, this.lastBump + REDRAW_MS - performance.now());
    if (wait === 0) this.bump();
    else this.bumpTimer = setTimeout(() => this.bump(), wait);
  }

  private bump(): void {
    this.bumpTimer = undefined;
    this.lastBump = performance.now();
    this.version++;
  }

  private highlight(ids: readonly string[]): void {
    this.fresh = new Set([...this.fresh, ...ids]);
    setTimeout(() => {
      const rest = new Set(this.fresh);
      for (const id of ids) rest.delete(id);
      this.fresh = rest;
    }, FRESH_MS);
  }
}
