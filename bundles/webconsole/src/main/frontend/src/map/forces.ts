import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from 'd3-force';
import { COLUMN_GAP, type Link, type MutablePoint, ROW_GAP } from './columns';

const TICKS = 60;

/** Settles a cluster too large for columns: linked nodes draw near, none overlap, ranks still run from left to right. */
export function settle(points: MutablePoint[], links: readonly Link[]): void {
  const nodes: (MutablePoint & SimulationNodeDatum)[] = points;
  const edges = links.map(([source, target]) => ({ source, target }));
  const spread = Math.sqrt(points.length) * 0.5;
  const simulation = forceSimulation(nodes)
    .randomSource(lcg())
    .alphaDecay(1 - 0.01 ** (1 / TICKS))
    .force('link', forceLink(edges).distance(COLUMN_GAP * 0.8).strength(0.25 / Math.max(1, links.length / points.length)))
    .force('charge', forceManyBody().strength(-420).theta(1.1).distanceMax(900))
    .force('rank', forceX<MutablePoint>((p) => p.rank * COLUMN_GAP * Math.max(1, spread * 0.6)).strength(0.12))
    .force('flat', forceY(0).strength(0.05))
    .force('collide', forceCollide(ROW_GAP * 0.52).strength(0.9))
    .stop();
  simulation.tick(TICKS);
}

/** The same picture each time: a fixed sequence instead of chance. */
function lcg(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
