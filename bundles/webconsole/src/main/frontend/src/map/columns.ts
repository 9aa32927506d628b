export const COLUMN_GAP = 210;
export const ROW_GAP = 112;

/** Indexes of the two ends, from and to. */
export type Link = readonly [number, number];

export interface MutablePoint {
  x: number;
  y: number;
  /** Steps from where traffic enters the cluster; the picture reads from left to right. */
  rank: number;
}

/** Columns by distance from where traffic enters, each ordered so that few lines cross. */
export function columns(count: number, links: readonly Link[]): MutablePoint[] {
  const ranks = ranksOf(count, links);
  const layers: number[][] = [];
  ranks.forEach((rank, n) => (layers[rank] ??= []).push(n));
  const order = new Float64Array(count);
  for (const layer of layers) number(layer, order);
  const neighbours = neighboursOf(count, links);
  for (let sweep = 0; sweep < 4; sweep++) {
    for (const [rank, layer] of layers.entries()) sortByNeighbours(layer, rank, ranks, neighbours, order);
  }
  const tallest = Math.max(5, Math.ceil(Math.sqrt(count * 1.4)));
  const points: MutablePoint[] = [];
  let x = 0;
  for (const [rank, layer] of layers.entries()) {
    const wide = Math.ceil(layer.length / tallest);
    const rows = Math.ceil(layer.length / wide);
    layer.forEach((n, at) => {
      const column = Math.floor(at / rows);
      const inColumn = Math.min(rows, layer.length - column * rows);
      points[n] = {
        x: x + column * COLUMN_GAP * 0.8,
        y: ((at % rows) - (inColumn - 1) / 2) * ROW_GAP,
        rank,
      };
    });
    x += (wide - 1) * COLUMN_GAP * 0.8 + COLUMN_GAP;
  }
  return points;
}

/** Puts each node of a layer at the middle of its neighbours in other layers. */
function sortByNeighbours(
  layer: number[],
  rank: number,
  ranks: readonly number[],
  neighbours: readonly (readonly number[])[],
  order: Float64Array,
): void {
  const wish = new Map<number, number>();
  for (const n of layer) {
    let sum = 0;
    let count = 0;
    for (const other of neighbours[n] ?? []) {
      if (ranks[other] === rank) continue;
      sum += order[other] as number;
      count++;
    }
    wish.set(n, count > 0 ? sum / count : (order[n] as number));
  }
  layer.sort((a, b) => (wish.get(a) as number) - (wish.get(b) as number) || a - b);
  number(layer, order);
}

/** Numbers a layer from its middle. */
function number(layer: readonly number[], order: Float64Array): void {
  layer.forEach((n, at) => (order[n] = at - (layer.length - 1) / 2));
}

function neighboursOf(count: number, links: readonly Link[]): number[][] {
  const neighbours: number[][] = Array.from({ length: count }, () => []);
  for (const [a, b] of links) {
    neighbours[a]?.push(b);
    neighbours[b]?.push(a);
  }
  return neighbours;
}

/** Breadth-first from the nodes that nobody in the cluster calls; a cycle begins at its busiest caller. */
function ranksOf(count: number, links: readonly Link[]): number[] {
  const next: number[][] = Array.from({ length: count }, () => []);
  const balance = new Array<number>(count).fill(0);
  const incoming = new Array<number>(count).fill(0);
  for (const [from, to] of links) {
    next[from]?.push(to);
    balance[from] = (balance[from] as number) + 1;
    balance[to] = (balance[to] as number) - 1;
    incoming[to] = (incoming[to] as number) + 1;
  }
  const ranks = new Array<number>(count).fill(-1);
  const walk = (starts: number[]): void => {
    const queue = starts;
    for (const n of queue) {
      for (const m of next[n] ?? []) {
        if (ranks[m] !== -1) continue;
        ranks[m] = (ranks[n] as number) + 1;
        queue.push(m);
      }
    }
  };
  const sources = incoming.flatMap((degree, n) => (degree === 0 ? [n] : []));
  for (const n of sources) ranks[n] = 0;
  walk(sources);
  for (;;) {
    let start = -1;
    ranks.forEach((rank, n) => {
      if (rank === -1 && (start === -1 || (balance[n] as number) > (balance[start] as number))) start = n;
    });
    if (start === -1) return ranks;
    ranks[start] = 0;
    walk([start]);
  }
}
