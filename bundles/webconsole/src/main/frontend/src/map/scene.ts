import { quadtree, type Quadtree } from 'd3-quadtree';
import type { Matches } from '../domain/search';
import { OUTSIDE, type View, type ViewEdge, type ViewNode, domainId } from '../domain/view';
import { type Curve, curveAround, curveBetween, distanceTo, pointOn, shapeOf, type Shape } from './geometry';
import { arrange, LARGEST_TIDY_CLUSTER, type LayoutInput, type Point } from './layout';

export interface SceneNode {
  data: ViewNode;
  x: number;
  y: number;
  readonly shape: Shape;
}

export interface SceneEdge {
  data: ViewEdge;
  readonly from: SceneNode;
  readonly to: SceneNode;
  curve: Curve;
}

/** A namespace: the frame around its nodes. */
export interface SceneFrame {
  readonly domain: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly count: number;
}

const FRAME = { side: 34, top: 52, bottom: 46 };
/** In a picture up to this size every line looks for a way round the nodes. */
const MOST_DETOURS = 200;
/** Places of things that left are kept for their return, up to this many. */
const MOST_PLACES = 20_000;

/**
 * What is drawn, with places. A place once taken is kept, also over disappearance and return, so that live updates, folding
 * and filters never move what stays.
 */
export class Scene {
  nodes: SceneNode[] = [];
  edges: SceneEdge[] = [];
  frames: SceneFrame[] = [];
  matches: Matches | undefined;
  readonly byId = new Map<string, SceneNode>();
  private readonly places = new Map<string, Point>();
  private tree: Quadtree<SceneNode> = quadtree<SceneNode>();
  private largestShape = 0;

  /**
   * Takes in a new view.
   *
   * @returns what the layout worker should settle, when a new cluster is too large for columns
   */
  update(view: View): LayoutInput | undefined {
    const input = this.layoutInput(view);
    const needsPlaces = input.nodes.some((node) => node.at === undefined);
    const positions = needsPlaces ? arrange(input) : undefined;
    const before = new Map(this.byId);
    this.byId.clear();
    this.nodes = view.nodes.map((data, i) => {
      const at = input.nodes[i]?.at ?? { x: positions?.[2 * i] ?? 0, y: positions?.[2 * i + 1] ?? 0 };
      const known = before.get(data.id);
      const node = known && known.data.kind === data.kind ? known : { data, ...at, shape: shapeOf(data.kind) };
      node.data = data;
      this.byId.set(data.id, node);
      this.remember(data.id, node);
      return node;
    });
    this.edges = view.edges.flatMap((data) => {
      const from = this.byId.get(data.from);
      const to = this.byId.get(data.to);
      return from && to ? [{ data, from, to, curve: curveBetween(from, to) }] : [];
    });
    this.route(this.edges);
    this.rebuild();
    return needsPlaces && hasLargeNewCluster(input) ? input : undefined;
  }

  /** The places of all, forgotten: what a fresh layout begins from. */
  forgetPlaces(): void {
    this.places.clear();
  }

  private layoutInput(view: View): LayoutInput {
    const index = new Map(view.nodes.map((node, i) => [node.id, i]));
    return {
      nodes: view.nodes.map((node) => ({
        cluster: node.cluster,
        at: this.places.get(node.id),
        near: this.placeOfOrigin(node),
        compact: node.kind === 'workload',
      })),
      links: view.edges.flatMap((edge) => {
        const from = index.get(edge.from);
        const to = index.get(edge.to);
        return from === undefined || to === undefined ? [] : [[from, to] as const];
      }),
    };
  }

  move(node: SceneNode, x: number, y: number): void {
    node.x = x;
    node.y = y;
    this.remember(node.data.id, node);
    this.route(this.edges.filter((edge) => edge.from === node || edge.to === node));
    this.rebuild();
  }

  /** Moves all at once: steps of the transition to a settled layout. */
  moveAll(positions: ReadonlyMap<string, Point>): void {
    for (const node of this.nodes) {
      const at = positions.get(node.data.id);
      if (!at) continue;
      node.x = at.x;
      node.y = at.y;
      this.remember(node.data.id, at);
    }
    this.route(this.edges);
    this.rebuild();
  }

  nodeAt(x: number, y: number, slack: number): SceneNode | undefined {
    const reach = this.largestShape + slack;
    let found: SceneNode | undefined;
    this.tree.visit((quad, x0, y0, x1, y1) => {
      if (x0 > x + reach || x1 < x - reach || y0 > y + reach || y1 < y - reach) return true;
      if (!('data' in quad)) return false;
      for (let leaf: typeof quad | undefined = quad; leaf; leaf = leaf.next) {
        const { data: node } = leaf;
        const inside =
          Math.abs(x - node.x) <= node.shape.halfWidth + slack &&
          Math.abs(y - node.y) <= node.shape.halfHeight + slack;
        if (inside) found = node;
      }
      return false;
    });
    return found;
  }

  edgeAt(x: number, y: number, reach: number): SceneEdge | undefined {
    let best: SceneEdge | undefined;
    let nearest = reach;
    for (const edge of this.edges) {
      const distance = distanceTo(edge.curve, x, y, nearest);
      if (distance < nearest) {
        nearest = distance;
        best = edge;
      }
    }
    return best;
  }

  /** Where a node stands, or the middle of a line. */
  placeOf(id: string): Point | undefined {
    const edge = this.edges.find((candidate) => candidate.data.id === id);
    return edge ? pointOn(edge.curve, 0.5) : this.byId.get(id);
  }

  /** The title bar of a namespace's frame. */
  frameTitleAt(x: number, y: number): SceneFrame | undefined {
    return this.frames.find((f) => x >= f.x && x <= f.x + f.w && y >= f.y && y <= f.y + 34);
  }

  /** The rectangle around everything, or undefined when there is nothing. */
  bounds(): { x: number; y: number; w: number; h: number } | undefined {
    if (this.nodes.length === 0) return undefined;
    let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const node of this.nodes) {
      x0 = Math.min(x0, node.x - node.shape.halfWidth - 30);
      y0 = Math.min(y0, node.y - node.shape.halfHeight - 10);
      x1 = Math.max(x1, node.x + node.shape.halfWidth + 30);
      y1 = Math.max(y1, node.y + node.shape.halfHeight + 36);
    }
    for (const f of this.frames) {
      x0 = Math.min(x0, f.x);
      y0 = Math.min(y0, f.y);
      x1 = Math.max(x1, f.x + f.w);
      y1 = Math.max(y1, f.y + f.h);
    }
    return { x: x0, y: y0, w: x1 - x0, h: y1 - y0 };
  }

  /** A container appears where its group stood, a namespace's node where the namespace's frame was, and back. */
  private placeOfOrigin(node: ViewNode): Point | undefined {
    const group = node.source?.group;
    if (node.kind === 'workload' && group) return this.places.get(group);
    if (node.kind === 'domain') {
      const frame = this.frames.find((f) => f.domain === node.domain);
      return frame ? { x: frame.x + frame.w / 2, y: frame.y + frame.h / 2 } : undefined;
    }
    return this.places.get(domainId(node.domain));
  }

  private route(edges: readonly SceneEdge[]): void {
    const detours = this.edges.length <= MOST_DETOURS;
    for (const edge of edges) {
      edge.curve = detours ? curveAround(edge.from, edge.to, this.nodes) : curveBetween(edge.from, edge.to);
    }
  }

  private remember(id: string, at: Point): void {
    this.places.set(id, { x: at.x, y: at.y });
    if (this.places.size > MOST_PLACES) {
      const oldest = this.places.keys().next();
      if (!oldest.done) this.places.delete(oldest.value);
    }
  }

  private rebuild(): void {
    this.frames = framesOf(this.nodes);
    this.largestShape = Math.max(0, ...this.nodes.map((n) => Math.max(n.shape.halfWidth, n.shape.halfHeight)));
    this.tree = quadtree<SceneNode>()
      .x((n) => n.x)
      .y((n) => n.y)
      .addAll(this.nodes);
  }
}

function hasLargeNewCluster(input: LayoutInput): boolean {
  const newcomers = new Map<string, number>();
  const known = new Set<string>();
  for (const node of input.nodes) {
    if (node.at) known.add(node.cluster);
    else newcomers.set(node.cluster, (newcomers.get(node.cluster) ?? 0) + 1);
  }
  return [...newcomers].some(([name, count]) => !known.has(name) && count > LARGEST_TIDY_CLUSTER);
}

function framesOf(nodes: readonly SceneNode[]): SceneFrame[] {
  const members = new Map<string, SceneNode[]>();
  for (const node of nodes) {
    if (!node.data.domain || node.data.kind === 'domain' || node.data.cluster === OUTSIDE) continue;
    const list = members.get(node.data.domain);
    if (list) list.push(node);
    else members.set(node.data.domain, [node]);
  }
  return [...members].map(([domain, list]) => {
    const x0 = Math.min(...list.map((n) => n.x - n.shape.halfWidth)) - FRAME.side;
    const y0 = Math.min(...list.map((n) => n.y - n.shape.halfHeight)) - FRAME.top;
    const x1 = Math.max(...list.map((n) => n.x + n.shape.halfWidth)) + FRAME.side;
    const y1 = Math.max(...list.map((n) => n.y + n.shape.halfHeight)) + FRAME.bottom;
    return { domain, x: x0, y: y0, w: x1 - x0, h: y1 - y0, count: list.length };
  });
}
