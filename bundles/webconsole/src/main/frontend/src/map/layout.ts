import { OUTSIDE } from '../domain/view';
import { columns, type Link, type MutablePoint, ROW_GAP, COLUMN_GAP } from './columns';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface LayoutNode {
  readonly cluster: string;
  /** Where it stands already; such a node never moves. */
  readonly at?: Point | undefined;
  /** Where it would like to be: the place of the group it came out of. */
  readonly near?: Point | undefined;
  readonly compact?: boolean;
}

export interface LayoutInput {
  readonly nodes: readonly LayoutNode[];
  /** Pairs of indexes into nodes, from and to. */
  readonly links: readonly Link[];
}

/** Moves the nodes of one new cluster to a better place; positions are relative to the cluster. */
export type Refine = (points: MutablePoint[], links: readonly Link[]) => void;

/** Up to this many nodes columns are tidier than forces. */
export const LARGEST_TIDY_CLUSTER = 30;
const COMPACT_GAP = 84;
const BOX_GAP = 56;
const PADDING = { side: 74, top: 70, bottom: 72 };

interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

interface Cluster {
  readonly name: string;
  readonly members: number[];
}

/**
 * Gives every node a place. Nodes that have one keep it; a new node in a known cluster takes the nearest free spot to where
 * it belongs; a new cluster is laid out in columns along the direction of its traffic and set beside what is there.
 * The same input gives the same picture.
 *
 * @returns x and y of each node, in the order of the input
 */
export function arrange(input: LayoutInput, refine?: Refine): Float64Array {
  const out = new Float64Array(input.nodes.length * 2);
  const clusters = clustersOf(input);
  const placed: Cluster[] = [];
  const fresh: Cluster[] = [];
  for (const cluster of clusters) {
    const known = cluster.members.some((i) => input.nodes[i]?.at !== undefined);
    (known ? placed : fresh).push(cluster);
  }
  input.nodes.forEach((node, i) => {
    if (node.at) setPoint(out, i, node.at);
  });
  for (const cluster of placed) placeNewcomers(input, cluster, out);
  packClusters(input, placed, fresh, out, refine);
  return out;
}

function clustersOf(input: LayoutInput): Cluster[] {
  const byName = new Map<string, number[]>();
  input.nodes.forEach((node, i) => {
    const members = byName.get(node.cluster);
    if (members) members.push(i);
    else byName.set(node.cluster, [i]);
  });
  return [...byName].map(([name, members]) => ({ name, members }));
}

/** New nodes of a cluster that is drawn already. */
function placeNewcomers(input: LayoutInput, cluster: Cluster, out: Float64Array): void {
  const taken = input.nodes.flatMap((node) => (node.at ? [node.at] : []));
  const known = cluster.members.filter((i) => input.nodes[i]?.at !== undefined);
  for (const i of cluster.members) {
    const node = input.nodes[i] as LayoutNode;
    if (node.at) continue;
    const wish = node.near ?? besideNeighbour(input, i) ?? below(known, out);
    const spot = freeSpot(wish, taken, node.compact ? COMPACT_GAP : ROW_GAP);
    setPoint(out, i, spot);
    taken.push(spot);
  }
}

function besideNeighbour(input: LayoutInput, i: number): Point | undefined {
  const cluster = input.nodes[i]?.cluster;
  for (const [from, to] of input.links) {
    const other = from === i ? to : to === i ? from : undefined;
    const node = other === undefined ? undefined : input.nodes[other];
    if (!node?.at || node.cluster !== cluster) continue;
    return { x: node.at.x + (from === i ? -COLUMN_GAP : COLUMN_GAP), y: node.at.y };
  }
  return undefined;
}

function below(members: readonly number[], out: Float64Array): Point {
  let bottom = -Infinity;
  let left = Infinity;
  for (const i of members) {
    bottom = Math.max(bottom, out[2 * i + 1] as number);
    left = Math.min(left, out[2 * i] as number);
  }
  return { x: left, y: bottom + ROW_GAP };
}

/** The first free place on a widening square around the wish. */
function freeSpot(wish: Point, taken: readonly Point[], gap: number): Point {
  const free = (p: Point): boolean =>
    taken.every((t) => Math.abs(t.x - p.x) >= gap * 0.95 || Math.abs(t.y - p.y) >= gap * 0.95);
  for (let ring = 0; ring < 60; ring++) {
    for (const [dx, dy] of ringOffsets(ring)) {
      const spot = { x: wish.x + dx * gap, y: wish.y + dy * gap };
      if (free(spot)) return spot;
    }
  }
  return wish;
}

/** The cells of a square ring, those nearest to the middle first. */
function ringOffsets(ring: number): [number, number][] {
  if (ring === 0) return [[0, 0]];
  const cells: [number, number][] = [];
  for (let d = -ring; d <= ring; d++) {
    cells.push([d, ring], [d, -ring]);
    if (Math.abs(d) < ring) cells.push([ring, d], [-ring, d]);
  }
  return cells.sort((a, b) => a[0] ** 2 + a[1] ** 2 - (b[0] ** 2 + b[1] ** 2));
}

function packClusters(
  input: LayoutInput,
  placed: readonly Cluster[],
  fresh: readonly Cluster[],
  out: Float64Array,
  refine: Refine | undefined,
): void {
  const boxes = new Map<string, Box>();
  for (const cluster of placed) boxes.set(cluster.name, boundsOf(cluster, out));
  const weights = clusterLinks(input);
  const inner = innerLinks(input, fresh);
  const order = [...fresh].sort(
    (a, b) =>
      Number(a.name === OUTSIDE) - Number(b.name === OUTSIDE) ||
      b.members.length - a.members.length ||
      a.name.localeCompare(b.name),
  );
  for (const cluster of order) {
    const local = layOutCluster(cluster, inner.get(cluster.name) ?? [], refine);
    cluster.members.forEach((i, n) => setPoint(out, i, local[n] as Point));
    const box = boundsOf(cluster, out);
    const spot =
      cluster.name === OUTSIDE ? leftOfAll(box, boxes) : bestSpot(cluster.name, box, boxes, weights);
    for (const i of cluster.members) {
      out[2 * i] = (out[2 * i] as number) + spot.x - box.x;
      out[2 * i + 1] = (out[2 * i + 1] as number) + spot.y - box.y;
    }
    boxes.set(cluster.name, { ...box, ...spot });
  }
}

function boundsOf(cluster: Cluster, out: Float64Array): Box {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const i of cluster.members) {
    const x = out[2 * i] as number;
    const y = out[2 * i + 1] as number;
    x0 = Math.min(x0, x);
    y0 = Math.min(y0, y);
    x1 = Math.max(x1, x);
    y1 = Math.max(y1, y);
  }
  return {
    x: x0 - PADDING.side,
    y: y0 - PADDING.top,
    w: x1 - x0 + 2 * PADDING.side,
    h: y1 - y0 + PADDING.top + PADDING.bottom,
  };
}

function clusterLinks(input: LayoutInput): Map<string, Map<string, number>> {
  const weights = new Map<string, Map<string, number>>();
  const add = (a: string, b: string): void => {
    const row = weights.get(a) ?? new Map<string, number>();
    row.set(b, (row.get(b) ?? 0) + 1);
    weights.set(a, row);
  };
  for (const [from, to] of input.links) {
    const a = input.nodes[from]?.cluster;
    const b = input.nodes[to]?.cluster;
    if (a === undefined || b === undefined || a === b) continue;
    add(a, b);
    add(b, a);
  }
  return weights;
}

function leftOfAll(box: Box, boxes: ReadonlyMap<string, Box>): Point {
  const all = bounds([...boxes.values()]);
  if (!all) return { x: 0, y: 0 };
  return { x: all.x - BOX_GAP - box.w, y: all.y + (all.h - box.h) / 2 };
}

/** Tries the sides of every box and takes the spot that keeps the picture compact and talkers close. */
function bestSpot(
  name: string,
  box: Box,
  boxes: ReadonlyMap<string, Box>,
  weights: ReadonlyMap<string, ReadonlyMap<string, number>>,
): Point {
  const others = [...boxes].filter(([other]) => other !== OUTSIDE).map(([, b]) => b);
  const all = bounds(others);
  if (!all) return { x: 0, y: 0 };
  const linked = [...boxes].filter(([other]) => weights.get(name)?.has(other)).map(([, b]) => b);
  let best: Point = { x: all.x, y: all.y + all.h + BOX_GAP };
  let bestCost = Infinity;
  for (const b of others) {
    const right = b.x + b.w + BOX_GAP;
    const under = b.y + b.h + BOX_GAP;
    for (const spot of [
      { x: right, y: b.y },
      { x: b.x, y: under },
      { x: right, y: b.y + b.h - box.h },
      { x: b.x, y: b.y - BOX_GAP - box.h },
    ]) {
      const candidate = { ...box, ...spot };
      if ([...boxes.values()].some((other) => overlap(candidate, other))) continue;
      const grown = bounds([all, candidate]) as Box;
      const reach = linked.reduce((sum, l) => sum + distance(candidate, l), 0) / (linked.length || 1);
      const cost = Math.max(grown.w / 1.7, grown.h) * 2 + reach * 0.5;
      if (cost < bestCost - 1e-6) {
        bestCost = cost;
        best = spot;
      }
    }
  }
  return best;
}

function overlap(a: Box, b: Box): boolean {
  const gap = BOX_GAP - 1;
  return (
    a.x < b.x + b.w + gap && b.x < a.x + a.w + gap && a.y < b.y + b.h + gap && b.y < a.y + a.h + gap
  );
}

function distance(a: Box, b: Box): number {
  return Math.hypot(a.x + a.w / 2 - b.x - b.w / 2, a.y + a.h / 2 - b.y - b.h / 2);
}

function bounds(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined;
  const x = Math.min(...boxes.map((b) => b.x));
  const y = Math.min(...boxes.map((b) => b.y));
  const right = Math.max(...boxes.map((b) => b.x + b.w));
  const bottom = Math.max(...boxes.map((b) => b.y + b.h));
  return { x, y, w: right - x, h: bottom - y };
}

/** The links within each cluster, as indexes into its members. */
function innerLinks(input: LayoutInput, clusters: readonly Cluster[]): Map<string, [number, number][]> {
  const local = new Int32Array(input.nodes.length);
  const inner = new Map<string, [number, number][]>();
  for (const { name, members } of clusters) {
    inner.set(name, []);
    members.forEach((member, n) => (local[member] = n));
  }
  for (const [from, to] of input.links) {
    const cluster = input.nodes[from]?.cluster;
    if (cluster === undefined || from === to || cluster !== input.nodes[to]?.cluster) continue;
    inner.get(cluster)?.push([local[from] as number, local[to] as number]);
  }
  return inner;
}

function layOutCluster(
  cluster: Cluster,
  links: readonly Link[],
  refine: Refine | undefined,
): MutablePoint[] {
  const points = columns(cluster.members.length, links);
  if (refine && points.length > LARGEST_TIDY_CLUSTER) refine(points, links);
  return points;
}

function setPoint(out: Float64Array, i: number, point: Point): void {
  out[2 * i] = point.x;
  out[2 * i + 1] = point.y;
}
