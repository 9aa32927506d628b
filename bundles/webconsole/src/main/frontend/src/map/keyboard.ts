import type { SceneNode } from './scene';

export type Direction = 'left' | 'right' | 'up' | 'down';

const VECTORS: Record<Direction, readonly [number, number]> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

export function directionOf(key: string): Direction | undefined {
  const name = key.replace(/^Arrow/, '').toLowerCase();
  return key.startsWith('Arrow') && name in VECTORS ? (name as Direction) : undefined;
}

/**
 * The node to go to with an arrow key: the nearest within 60° of the direction; without a place to start from, the one
 * furthest back along it.
 */
export function nodeToward(
  nodes: readonly SceneNode[],
  from: SceneNode | undefined,
  direction: Direction,
): SceneNode | undefined {
  const [dx, dy] = VECTORS[direction];
  let best: SceneNode | undefined;
  let bestCost = Infinity;
  for (const node of nodes) {
    if (node === from) continue;
    const along = (node.x - (from?.x ?? 0)) * dx + (node.y - (from?.y ?? 0)) * dy;
    const aside = Math.abs((node.x - (from?.x ?? 0)) * dy - (node.y - (from?.y ?? 0)) * dx);
    if (from && (along <= 0 || aside > along * 1.75)) continue;
    const cost = from ? along + aside * 2 : along;
    if (cost < bestCost) {
      bestCost = cost;
      best = node;
    }
  }
  return best;
}
