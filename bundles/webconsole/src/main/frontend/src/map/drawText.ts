import { edgeLabels, MARK_AT, MARK_RADIUS } from './drawEdges';
import { isDimmed } from './drawNodes';
import { pointOn } from './geometry';
import type { Frame } from './renderer';
import type { ViewNode } from '../domain/view';
import type { SceneNode } from './scene';

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const MOST_NAMES = 250;
const LONGEST = 26;
const TITLE_INDENT = 14;
/** Places along a line for its label, the best first; the marks of denied flows stand at a third. */
const LABEL_SPOTS = [0.54, 0.64, 0.44, 0.74];

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/**
 * Draws all text in screen pixels, so that it stays readable at any zoom. What matters most comes first; a label that would
 * cover another is left out.
 */
export class TextLayer {
  private readonly widths = new Map<string, number>();

  draw(frame: Frame): void {
    this.frameTitles(frame);
    const taken = [...nodeRects(frame), ...markRects(frame)];
    this.nodeNames(frame, taken);
    this.edgeNames(frame, taken);
    frame.ctx.globalAlpha = 1;
  }

  private frameTitles({ ctx, scene, palette, camera, toScreen }: Frame): void {
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    for (const { domain, count, x, y, w } of scene.frames) {
      const room = w * camera.k - TITLE_INDENT - 8;
      if (room < 30) continue;
      const at = toScreen(x, y);
      const top = at.y + Math.min(20, 26 * camera.k);
      ctx.font = `600 12px ${FONT}`;
      const title = this.fit(ctx, domain, room - 8 - 7 * String(count).length);
      ctx.fillStyle = palette.ink;
      ctx.fillText(title, at.x + TITLE_INDENT, top);
      ctx.font = `12px ${FONT}`;
      ctx.fillStyle = palette.muted;
      ctx.fillText(String(count), at.x + TITLE_INDENT + this.width(ctx, title, '600') + 8, top);
    }
  }

  private nodeNames(frame: Frame, taken: Rect[]): void {
    const { ctx, scene, palette, camera, world, look, toScreen } = frame;
    const chosen = new Set([look.selected, look.hovered, look.focused]);
    const everyone = camera.k >= 0.42;
    const wanted = scene.nodes.filter((node) => {
      if (node.data.kind === 'domain' && camera.k >= 0.3) return false;
      if (node.x < world.x - 60 || node.x > world.x + world.w + 60) return false;
      if (node.y < world.y - 60 || node.y > world.y + world.h) return false;
      return chosen.has(node.data.id) || (everyone && !isDimmed(frame, node)) || (scene.matches && !isDimmed(frame, node));
    });
    wanted.sort((a, b) => Number(chosen.has(b.data.id)) - Number(chosen.has(a.data.id)));
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    ctx.font = `500 12px ${FONT}`;
    for (const node of wanted.slice(0, MOST_NAMES)) {
      const strong = chosen.has(node.data.id);
      const text = strong ? node.data.name : shorten(localName(node.data));
      const width = this.width(ctx, text, '500');
      const { x, y } = toScreen(node.x, node.y + node.shape.halfHeight);
      const rect = { x: x - width / 2 - 4, y: y + 8, w: width + 8, h: 18 };
      if (!strong && taken.some((other) => overlaps(rect, other))) continue;
      taken.push(rect);
      ctx.globalAlpha = 0.85;
      ctx.fillStyle = nodeBackdrop(frame, node);
      ctx.fillRect(rect.x, rect.y, rect.w, rect.h);
      ctx.globalAlpha = 1;
      ctx.fillStyle = palette.ink;
      ctx.fillText(text, x, rect.y + 9.5);
    }
  }

  private edgeNames(frame: Frame, taken: Rect[]): void {
    const { ctx, palette, toScreen } = frame;
    ctx.font = `500 11px ${FONT}`;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    for (const { edge, text } of edgeLabels(frame)) {
      const width = this.width(ctx, text, '500-11');
      const rect = LABEL_SPOTS.map((at) => {
        const spot = pointOn(edge.curve, at);
        const { x, y } = toScreen(spot.x, spot.y);
        return { x: x - width / 2 - 7, y: y - 9, w: width + 14, h: 18 };
      }).find((candidate) => !taken.some((other) => overlaps(candidate, other)));
      if (!rect) continue;
      taken.push(rect);
      ctx.beginPath();
      ctx.roundRect(rect.x, rect.y, rect.w, rect.h, 9);
      ctx.fillStyle = palette.surface;
      ctx.fill();
      ctx.lineWidth = 1;
      ctx.strokeStyle = palette.frameLine;
      ctx.stroke();
      ctx.fillStyle = edge.data.action === 'allow' ? palette.ink : palette.action[edge.data.action];
      ctx.fillText(text, rect.x + rect.w / 2, rect.y + 9.5);
    }
  }

  private fit(ctx: CanvasRenderingContext2D, text: string, room: number): string {
    if (this.width(ctx, text, '600') <= room) return text;
    const chars = Math.max(1, Math.floor((text.length * room) / this.width(ctx, text, '600')) - 1);
    return `${text.slice(0, chars)}…`;
  }

  /** Measuring is slow; the same names come again each frame. */
  private width(ctx: CanvasRenderingContext2D, text: string, weight: string): number {
    const key = `${weight} ${text}`;
    let width = this.widths.get(key);
    if (width === undefined) {
      if (this.widths.size > 5_000) this.widths.clear();
      width = ctx.measureText(text).width;
      this.widths.set(key, width);
    }
    return width;
  }
}

/**
 * A learned group needs neither nv. nor, within its namespace's frame, the namespace: nv.yelb-ui.yelb is yelb-ui. A container
 * id that stands for a name is cut as runtimes cut it.
 */
function localName({ kind, name, domain }: ViewNode): string {
  let local = name;
  if (kind === 'group' && name.startsWith('nv.')) {
    const ending = `.${domain}`;
    local = name.slice(3, domain !== '' && name.endsWith(ending) ? -ending.length : undefined);
  }
  return /^[0-9a-f]{32,}$/.test(local) ? local.slice(0, 12) : local || name;
}

/** No label may cover a node, as long as nodes are large enough to be read. */
function nodeRects({ scene, camera, toScreen }: Frame): Rect[] {
  if (camera.k < 0.42) return [];
  return scene.nodes.map((node) => {
    const { halfWidth, halfHeight } = node.shape;
    const { x, y } = toScreen(node.x - halfWidth, node.y - halfHeight);
    return { x, y, w: halfWidth * 2 * camera.k, h: halfHeight * 2 * camera.k };
  });
}

/** Nor a mark, which says what the colour says. */
function markRects({ scene, camera, toScreen }: Frame): Rect[] {
  if (camera.k < 0.42) return [];
  const r = MARK_RADIUS * Math.max(1, camera.k);
  return scene.edges
    .filter((edge) => edge.data.action !== 'allow')
    .map((edge) => {
      const at = pointOn(edge.curve, MARK_AT);
      const { x, y } = toScreen(at.x, at.y);
      return { x: x - r, y: y - r, w: 2 * r, h: 2 * r };
    });
}

function nodeBackdrop({ palette }: Frame, node: SceneNode): string {
  return node.data.domain && node.data.kind !== 'host' ? palette.frame : palette.background;
}

function shorten(name: string): string {
  return name.length <= LONGEST ? name : `${name.slice(0, LONGEST - 1)}…`;
}

function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}
