import type { NodeKind } from '../domain/types';
import type { Frame } from './renderer';
import type { SceneNode } from './scene';

const DIMMED = 0.22;
/** Below this scale a node is a speck. */
const SMALL = 0.3;
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

/** Line drawings on a 20 × 20 field around the origin. */
const ICONS: Record<NodeKind, Path2D> = {
  // Two boxes, one behind the other.
  group: new Path2D('M-9 -2h11v10h-11z M-5 -2v-5h13v11h-6'),
  // One box with its lid.
  workload: new Path2D('M-7 -4l7 -4l7 4v8l-7 4l-7 -4z M-7 -4l7 4l7 -4 M0 0v8'),
  // Two units of a rack.
  host: new Path2D('M-9 -8h18v7h-18z M-9 1h18v7h-18z M-5.5 -4.5h2 M-5.5 4.5h2'),
  // A globe.
  external: new Path2D(
    'M-10 0a10 10 0 1 0 20 0a10 10 0 1 0 -20 0z M-10 0h20 M0 -10c-6 6 -6 14 0 20 M0 -10c6 6 6 14 0 20',
  ),
};

/** Draws the nodes, without their names. */
export function drawNodes(frame: Frame): void {
  const { world } = frame;
  for (const node of frame.scene.nodes) {
    const { halfWidth, halfHeight } = node.shape;
    const outOfView =
      node.x + halfWidth < world.x ||
      node.x - halfWidth > world.x + world.w ||
      node.y + halfHeight < world.y ||
      node.y - halfHeight > world.y + world.h;
    if (!outOfView) drawNode(frame, node);
  }
  frame.ctx.globalAlpha = 1;
}

export function isDimmed({ scene }: Frame, node: SceneNode): boolean {
  return scene.matches !== undefined && !scene.matches.nodes.has(node.data.id);
}

function drawNode(frame: Frame, node: SceneNode): void {
  const { ctx, palette, camera, look } = frame;
  const { id, kind, members } = node.data;
  const mode = node.data.source?.mode ?? 'none';
  const colour = palette.mode[mode] ?? palette.mode.none;
  ctx.globalAlpha = isDimmed(frame, node) ? DIMMED : 1;
  if (id === look.selected || id === look.hovered || id === look.focused) halo(frame, node);
  const line = node.data.source?.state === 'quarantined' ? palette.danger : colour;
  if (camera.k < SMALL) {
    speck(frame, node, line);
    return;
  }
  if (kind === 'group' && members > 1) {
    outline(ctx, node, 4.5, -4.5);
    ctx.fillStyle = palette.surface;
    ctx.fill();
    ctx.lineWidth = 1.2;
    ctx.strokeStyle = colour;
    ctx.stroke();
  }
  outline(ctx, node, 0, 0);
  ctx.fillStyle = palette.surface;
  ctx.fill();
  ctx.lineWidth = 2;
  ctx.strokeStyle = line;
  ctx.setLineDash(mode === 'Discover' && camera.k >= 0.45 ? [5, 3] : []);
  ctx.stroke();
  ctx.setLineDash([]);
  if (kind === 'domain') domainText(frame, node);
  else icon(frame, kind, node, colour);
  if (camera.k < 0.45) return;
  if (kind === 'group' && members > 1) badge(frame, node.x + 24, node.y - 24, String(members), palette.ink);
  if (mode !== 'none') badge(frame, node.x + node.shape.halfWidth - 2, node.y + node.shape.halfHeight - 2, mode.slice(0, 1), colour);
}

/** A node so small that only its place and colour can be seen. */
function speck({ ctx, palette }: Frame, node: SceneNode, colour: string): void {
  const { halfWidth: w, halfHeight: h } = node.shape;
  ctx.fillStyle = colour;
  ctx.fillRect(node.x - w - 1, node.y - h - 1, 2 * w + 2, 2 * h + 2);
  ctx.fillStyle = palette.surface;
  ctx.fillRect(node.x - w + 3, node.y - h + 3, 2 * w - 6, 2 * h - 6);
}

function outline(ctx: CanvasRenderingContext2D, node: SceneNode, dx: number, dy: number): void {
  const { round, halfWidth, halfHeight } = node.shape;
  ctx.beginPath();
  if (round) ctx.arc(node.x + dx, node.y + dy, halfWidth, 0, Math.PI * 2);
  else ctx.roundRect(node.x - halfWidth + dx, node.y - halfHeight + dy, halfWidth * 2, halfHeight * 2, 11);
}

/** Selected: a full ring. Focused by keyboard: a ring with a gap from the node. Hovered: a soft one. */
function halo({ ctx, palette, look }: Frame, node: SceneNode): void {
  const { round, halfWidth: w, halfHeight: h } = node.shape;
  const id = node.data.id;
  const air = id === look.focused ? 9 : 6;
  ctx.beginPath();
  if (round) ctx.arc(node.x, node.y, w + air, 0, Math.PI * 2);
  else ctx.roundRect(node.x - w - air, node.y - h - air, 2 * (w + air), 2 * (h + air), 15);
  if (id === look.selected || id === look.hovered) {
    ctx.fillStyle = palette.glow;
    ctx.fill();
  }
  if (id === look.selected || id === look.focused) {
    ctx.lineWidth = 2.2;
    ctx.strokeStyle = palette.accent;
    ctx.stroke();
  }
}

function icon({ ctx, palette }: Frame, kind: NodeKind, node: SceneNode, colour: string): void {
  const path = ICONS[kind] ?? ICONS.workload;
  const scale = kind === 'workload' ? 0.95 : 1.15;
  ctx.save();
  ctx.translate(node.x, node.y);
  ctx.scale(scale, scale);
  ctx.lineWidth = 1.5 / scale;
  ctx.lineJoin = 'round';
  ctx.fillStyle = palette.surface;
  ctx.strokeStyle = colour;
  ctx.stroke(path);
  ctx.restore();
}

function domainText({ ctx, palette }: Frame, node: SceneNode): void {
  ctx.fillStyle = palette.ink;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.font = `600 14px ${FONT}`;
  ctx.fillText(node.data.name, node.x, node.y - 7, node.shape.halfWidth * 2 - 16);
  ctx.fillStyle = palette.muted;
  ctx.font = `12px ${FONT}`;
  ctx.fillText(`${node.data.members}`, node.x, node.y + 12);
}

function badge({ ctx, palette }: Frame, x: number, y: number, text: string, colour: string): void {
  const width = Math.max(16, 8 + text.length * 6.4);
  ctx.beginPath();
  ctx.roundRect(x - width / 2, y - 8, width, 16, 8);
  ctx.fillStyle = colour;
  ctx.fill();
  ctx.lineWidth = 1.6;
  ctx.strokeStyle = palette.background;
  ctx.stroke();
  ctx.fillStyle = palette.surface;
  ctx.font = `700 10px ${FONT}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillText(text, x, y + 0.5);
}
