import type { ViewNode } from '../domain/view';

/** Half the size of what is drawn for a node, in world units. */
export interface Shape {
  readonly round: boolean;
  readonly halfWidth: number;
  readonly halfHeight: number;
}

const SHAPES: Record<ViewNode['kind'], Shape> = {
  group: { round: false, halfWidth: 24, halfHeight: 24 },
  workload: { round: true, halfWidth: 17, halfHeight: 17 },
  host: { round: false, halfWidth: 22, halfHeight: 22 },
  external: { round: true, halfWidth: 26, halfHeight: 26 },
  domain: { round: false, halfWidth: 66, halfHeight: 30 },
};

export function shapeOf(kind: ViewNode['kind']): Shape {
  return SHAPES[kind];
}

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly shape: Shape;
}

/** A quadratic curve from the border of one node to the border of another. */
export interface Curve {
  readonly x0: number;
  readonly y0: number;
  readonly cx: number;
  readonly cy: number;
  readonly x1: number;
  readonly y1: number;
}

const AIR = 4;

/** Part of the length by which a line bends; a negative one bends to the right of its direction. */
const PLAIN_BEND = 0.09;
const DETOURS = [PLAIN_BEND, 0.2, -0.2, 0.34, -0.34, 0.48, -0.48];

/** Bends to its own left, so that the two directions between a pair lie apart. A node that talks to itself gets a loop. */
export function curveBetween(from: Placed, to: Placed): Curve {
  return from === to ? loop(from) : bent(from, to, PLAIN_BEND);
}

/** As curveBetween, but goes round nodes that stand in the way, as far as a bend can. */
export function curveAround(from: Placed, to: Placed, obstacles: readonly Placed[]): Curve {
  if (from === to) return loop(from);
  let best = bent(from, to, PLAIN_BEND);
  let fewest = Infinity;
  for (const bend of DETOURS) {
    const curve = bent(from, to, bend);
    const hits = obstacles.filter((node) => node !== from && node !== to && crosses(curve, node)).length;
    if (hits < fewest) {
      fewest = hits;
      best = curve;
    }
    if (fewest === 0) break;
  }
  return best;
}

function crosses(curve: Curve, node: Placed): boolean {
  const reach = Math.max(node.shape.halfWidth, node.shape.halfHeight) + 8;
  return distanceTo(curve, node.x, node.y + 6, reach) < reach;
}

function bent(from: Placed, to: Placed, part: number): Curve {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = Math.hypot(dx, dy) || 1;
  const bend = part === PLAIN_BEND ? Math.min(36, length * part) : length * part;
  const cx = (from.x + to.x) / 2 + (dy / length) * bend;
  const cy = (from.y + to.y) / 2 - (dx / length) * bend;
  const start = border(from, cx, cy);
  const end = border(to, cx, cy);
  return { x0: start.x, y0: start.y, cx, cy, x1: end.x, y1: end.y };
}

function loop(node: Placed): Curve {
  const { halfWidth: w, halfHeight: h } = node.shape;
  return {
    x0: node.x - w * 0.5,
    y0: node.y - h - 2,
    cx: node.x,
    cy: node.y - h - 58,
    x1: node.x + w * 0.5,
    y1: node.y - h - AIR,
  };
}

function border(node: Placed, towardX: number, towardY: number): { x: number; y: number } {
  const dx = towardX - node.x;
  const dy = towardY - node.y;
  const length = Math.hypot(dx, dy) || 1;
  const ux = dx / length;
  const uy = dy / length;
  const { round, halfWidth, halfHeight } = node.shape;
  const reach = round
    ? halfWidth
    : Math.min(halfWidth / (Math.abs(ux) || 1e-9), halfHeight / (Math.abs(uy) || 1e-9));
  return { x: node.x + ux * (reach + AIR), y: node.y + uy * (reach + AIR) };
}

export function pointOn(curve: Curve, t: number): { x: number; y: number } {
  const s = 1 - t;
  return {
    x: s * s * curve.x0 + 2 * s * t * curve.cx + t * t * curve.x1,
    y: s * s * curve.y0 + 2 * s * t * curve.cy + t * t * curve.y1,
  };
}

/** The distance of a point to a curve, or Infinity when it is surely farther than reach. */
export function distanceTo(curve: Curve, x: number, y: number, reach: number): number {
  const { x0, y0, cx, cy, x1, y1 } = curve;
  if (x < Math.min(x0, cx, x1) - reach || x > Math.max(x0, cx, x1) + reach) return Infinity;
  if (y < Math.min(y0, cy, y1) - reach || y > Math.max(y0, cy, y1) + reach) return Infinity;
  let best = Infinity;
  let a = { x: x0, y: y0 };
  for (let step = 1; step <= 12; step++) {
    const b = pointOn(curve, step / 12);
    best = Math.min(best, distanceToSegment(a, b, x, y));
    a = b;
  }
  return best;
}

function distanceToSegment(
  a: { x: number; y: number },
  b: { x: number; y: number },
  x: number,
  y: number,
): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const t = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - a.x - t * dx, y - a.y - t * dy);
}
