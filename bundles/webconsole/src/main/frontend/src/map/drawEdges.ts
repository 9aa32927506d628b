import type { Action } from '../domain/types';
import { pointOn } from './geometry';
import type { Palette } from './palette';
import type { Frame } from './renderer';
import type { SceneEdge } from './scene';

/** Beyond these counts detail costs more than it tells. */
const MOST_CURVES = 900;
const MOST_ARROWS = 2_000;
const MOST_LABELS = 70;
/** One huge path is slow to rasterize, as its overlaps are resolved together. */
const PATH_CHUNK = 100;
const DIMMED = 0.1;
/** Among more lines than this, what is allowed steps back, so that what is not can be seen. */
const CROWD = 150;
/** Where along a line its mark stands, and how large it is. */
export const MARK_AT = 0.32;
export const MARK_RADIUS = 8.5;

interface Style {
  readonly action: Action;
  readonly width: number;
  /** Stepping back, in an opaque colour: transparency takes longer to rasterize. */
  readonly faint: boolean;
  readonly alpha: number;
}

/** Draws the lines, then their arrows and marks: ✕ for denied, ! for violations, so that colour is never the only sign. */
export function drawEdges(frame: Frame): void {
  const visible = frame.scene.edges.filter((edge) => inView(edge, frame));
  const crowded = visible.length > CROWD;
  const bunches = new Map<string, { style: Style; edges: SceneEdge[] }>();
  for (const edge of visible) {
    const style = styleOf(edge, frame, crowded);
    const key = `${style.action}${style.width}|${style.alpha}${style.faint}`;
    const bunch = bunches.get(key);
    if (bunch) bunch.edges.push(edge);
    else bunches.set(key, { style, edges: [edge] });
  }
  const ordered = [...bunches.values()].sort((a, b) => rank(a.style) - rank(b.style));
  glow(frame, visible);
  const curved = visible.length <= MOST_CURVES;
  for (const { style, edges } of ordered) strokeBunch(frame, style, edges, curved);
  for (const { style, edges } of ordered) {
    if (style.alpha <= DIMMED) continue;
    if (visible.length <= MOST_ARROWS && frame.camera.k > 0.3) arrows(frame, style, edges);
    marks(frame, style.action, edges);
  }
  frame.ctx.globalAlpha = 1;
}

/** Dimmed lines lie lowest, then faint ones, then the others. */
function rank(style: Style): number {
  return style.alpha * 2 - Number(style.faint);
}

/** What is said on a line: the applications, and the ports when there is room. */
export function edgeLabels(frame: Frame): { edge: SceneEdge; text: string }[] {
  const { scene, look, camera } = frame;
  const chosen = (edge: SceneEdge): boolean => {
    const id = edge.data.id;
    if (id === look.selected || id === look.hovered || id === look.focused) return true;
    const near = [look.hovered, look.focused, look.selected];
    return near.includes(edge.data.from) || near.includes(edge.data.to);
  };
  const visible = scene.edges.filter((edge) => inView(edge, frame));
  const all = camera.k >= 0.62 && visible.length <= MOST_LABELS;
  const matches = scene.matches;
  return visible
    .filter((edge) => chosen(edge) || (all && (!matches || matches.edges.has(edge.data.id))))
    .slice(0, MOST_LABELS)
    .map((edge) => ({ edge, text: labelOf(edge) }))
    .filter(({ text }) => text !== '');
}

function labelOf(edge: SceneEdge): string {
  const { applications, ports } = edge.data;
  const named = applications.slice(0, 2).join(', ');
  const more = applications.length > 2 ? ` +${applications.length - 2}` : '';
  const port = ports.length === 1 ? (ports[0] ?? '') : '';
  return [named + more, port].filter((part) => part !== '').join(' · ');
}

function styleOf(edge: SceneEdge, { scene, look }: Frame, crowded: boolean): Style {
  const { id, action, bytes, from, to } = edge.data;
  const strong = id === look.selected || id === look.hovered || id === look.focused;
  const touched = look.hovered === from || look.hovered === to || look.selected === from || look.selected === to;
  const lit = !scene.matches || scene.matches.edges.has(id);
  const width = Math.min(3, 1.2 + Math.floor(Math.log10(bytes + 1) / 3) * 0.5);
  if (strong) return { action, width: width + 1.4, faint: false, alpha: 1 };
  if (!lit) return { action, width: 1, faint: true, alpha: DIMMED };
  if (touched) return { action, width: width + 0.6, faint: false, alpha: 1 };
  if (action !== 'allow') return { action, width, faint: false, alpha: 1 };
  return crowded ? { action, width: 1.2, faint: true, alpha: 1 } : { action, width, faint: false, alpha: 1 };
}

function inView(edge: SceneEdge, { world }: Frame): boolean {
  const { x0, y0, cx, cy, x1, y1 } = edge.curve;
  return !(
    (x0 < world.x && x1 < world.x && cx < world.x) ||
    (y0 < world.y && y1 < world.y && cy < world.y) ||
    (x0 > world.x + world.w && x1 > world.x + world.w && cx > world.x + world.w) ||
    (y0 > world.y + world.h && y1 > world.y + world.h && cy > world.y + world.h)
  );
}

/** A flow that was not there a moment ago is underlaid with light. */
function glow({ ctx, look, palette, camera }: Frame, edges: readonly SceneEdge[]): void {
  ctx.strokeStyle = palette.glow;
  ctx.lineCap = 'round';
  ctx.lineWidth = 11 / camera.k;
  ctx.setLineDash([]);
  for (const edge of edges) {
    if (!look.fresh.has(edge.data.id)) continue;
    ctx.beginPath();
    trace(ctx, edge, true);
    ctx.stroke();
  }
  ctx.lineCap = 'butt';
}

function strokeBunch(frame: Frame, style: Style, edges: readonly SceneEdge[], curved: boolean): void {
  const { ctx, camera, palette } = frame;
  ctx.globalAlpha = style.alpha;
  ctx.strokeStyle = colourOf(style, palette);
  ctx.lineWidth = style.width / Math.max(camera.k, 0.35);
  ctx.setLineDash(style.action === 'violate' ? [7 / camera.k, 4 / camera.k] : []);
  for (let start = 0; start < edges.length; start += PATH_CHUNK) {
    ctx.beginPath();
    for (const edge of edges.slice(start, start + PATH_CHUNK)) trace(ctx, edge, curved);
    ctx.stroke();
  }
  ctx.setLineDash([]);
}

function colourOf(style: Style, palette: Palette): string {
  return style.faint && style.action === 'allow' ? palette.faint : palette.action[style.action];
}

function trace(ctx: CanvasRenderingContext2D, edge: SceneEdge, curved: boolean): void {
  const { x0, y0, cx, cy, x1, y1 } = edge.curve;
  ctx.moveTo(x0, y0);
  if (curved || edge.from === edge.to) ctx.quadraticCurveTo(cx, cy, x1, y1);
  else ctx.lineTo(x1, y1);
}

function arrows({ ctx, camera, palette }: Frame, style: Style, edges: readonly SceneEdge[]): void {
  const size = Math.min(12, (6 + style.width * 1.2) / Math.max(camera.k, 0.6));
  ctx.globalAlpha = style.alpha;
  ctx.fillStyle = colourOf(style, palette);
  for (const { curve } of edges) {
    const dx = curve.x1 - curve.cx;
    const dy = curve.y1 - curve.cy;
    const length = Math.hypot(dx, dy) || 1;
    const ux = (dx / length) * size;
    const uy = (dy / length) * size;
    ctx.beginPath();
    ctx.moveTo(curve.x1 + ux * 0.25, curve.y1 + uy * 0.25);
    ctx.lineTo(curve.x1 - ux - uy * 0.5, curve.y1 - uy + ux * 0.5);
    ctx.lineTo(curve.x1 - ux + uy * 0.5, curve.y1 - uy - ux * 0.5);
    ctx.fill();
  }
}

function marks({ ctx, camera, palette }: Frame, action: Action, edges: readonly SceneEdge[]): void {
  if (action === 'allow') return;
  const radius = MARK_RADIUS / Math.max(camera.k, 0.5);
  ctx.globalAlpha = 1;
  ctx.lineWidth = radius * 0.24;
  ctx.lineCap = 'round';
  for (const { curve } of edges) {
    const { x, y } = pointOn(curve, MARK_AT);
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, Math.PI * 2);
    ctx.fillStyle = palette.action[action];
    ctx.fill();
    ctx.strokeStyle = palette.surface;
    const s = radius * 0.38;
    ctx.beginPath();
    if (action === 'deny') {
      ctx.moveTo(x - s, y - s);
      ctx.lineTo(x + s, y + s);
      ctx.moveTo(x + s, y - s);
      ctx.lineTo(x - s, y + s);
    } else {
      ctx.moveTo(x, y - s * 1.3);
      ctx.lineTo(x, y + s * 0.35);
      ctx.moveTo(x, y + s * 1.25);
      ctx.lineTo(x, y + s * 1.3);
    }
    ctx.stroke();
  }
  ctx.lineCap = 'butt';
}
