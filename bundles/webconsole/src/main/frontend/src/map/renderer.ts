import type { Point } from './layout';
import { drawEdges } from './drawEdges';
import { drawNodes } from './drawNodes';
import { TextLayer } from './drawText';
import type { Palette } from './palette';
import type { Scene } from './scene';

/** From the world to the screen: screen = world × k + (x, y), in CSS pixels. */
export interface Transform {
  readonly x: number;
  readonly y: number;
  readonly k: number;
}

/** What stands out, by id. */
export interface Look {
  selected: string | undefined;
  hovered: string | undefined;
  /** The node under the keyboard. */
  focused: string | undefined;
  /** Flows that have just appeared. */
  fresh: ReadonlySet<string>;
}

/** All that one picture is drawn from. */
export interface Frame {
  readonly ctx: CanvasRenderingContext2D;
  readonly scene: Scene;
  readonly palette: Palette;
  readonly look: Look;
  readonly camera: Transform;
  /** The part of the world that is in view. */
  readonly world: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly toScreen: (x: number, y: number) => Point;
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Draws the scene on a canvas. Holds no state of the scene; drawing the same twice gives the same picture. */
export class Renderer {
  private readonly text = new TextLayer();
  private readonly ctx: CanvasRenderingContext2D;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    public palette: Palette,
  ) {
    const ctx = canvas.getContext('2d', { alpha: false });
    if (!ctx) throw new Error('this browser has no 2D canvas');
    this.ctx = ctx;
  }

  draw(scene: Scene, look: Look, camera: Transform): void {
    const ratio = window.devicePixelRatio || 1;
    const { clientWidth: w, clientHeight: h } = this.canvas;
    const [pixelWidth, pixelHeight] = [Math.round(w * ratio), Math.round(h * ratio)];
    if (this.canvas.width !== pixelWidth) this.canvas.width = pixelWidth;
    if (this.canvas.height !== pixelHeight) this.canvas.height = pixelHeight;
    this.paint({ x: 0, y: 0, w, h }, ratio, scene, look, camera);
  }

  /**
   * Draws what a camera that only moved sideways sees, by shifting the picture there is and painting the strips that came
   * into view. Labels are placed a strip at a time, so a full drawing should follow when the camera rests.
   *
   * @returns false when this cannot be done: the zoom or the size differs, or the way is no whole number of pixels
   */
  shift(scene: Scene, look: Look, from: Transform, camera: Transform): boolean {
    const ratio = window.devicePixelRatio || 1;
    const { clientWidth: w, clientHeight: h } = this.canvas;
    const [dx, dy] = [camera.x - from.x, camera.y - from.y];
    const whole = Number.isInteger(dx * ratio) && Number.isInteger(dy * ratio);
    const sameSize = this.canvas.width === Math.round(w * ratio) && this.canvas.height === Math.round(h * ratio);
    if (camera.k !== from.k || !whole || !sameSize || Math.abs(dx) > w / 2 || Math.abs(dy) > h / 2) return false;
    this.ctx.setTransform(1, 0, 0, 1, 0, 0);
    this.ctx.drawImage(this.canvas, dx * ratio, dy * ratio);
    if (dx !== 0) this.paintClipped({ x: dx > 0 ? 0 : w + dx, y: 0, w: Math.abs(dx), h }, ratio, scene, look, camera);
    if (dy !== 0) this.paintClipped({ x: 0, y: dy > 0 ? 0 : h + dy, w, h: Math.abs(dy) }, ratio, scene, look, camera);
    return true;
  }

  private paintClipped(area: Area, ratio: number, scene: Scene, look: Look, camera: Transform): void {
    const { ctx } = this;
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.beginPath();
    ctx.rect(area.x, area.y, area.w, area.h);
    ctx.clip();
    this.paint(area, ratio, scene, look, camera);
    ctx.restore();
  }

  private paint(area: Area, ratio: number, scene: Scene, look: Look, camera: Transform): void {
    const { ctx } = this;
    const { x, y, k } = camera;
    const frame: Frame = {
      ctx,
      scene,
      palette: this.palette,
      look,
      camera,
      world: { x: (area.x - x) / k, y: (area.y - y) / k, w: area.w / k, h: area.h / k },
      toScreen: (wx, wy) => ({ x: wx * k + x, y: wy * k + y }),
    };
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.fillStyle = this.palette.background;
    ctx.fillRect(area.x, area.y, area.w, area.h);
    ctx.setTransform(k * ratio, 0, 0, k * ratio, x * ratio, y * ratio);
    this.frames(frame);
    drawEdges(frame);
    drawNodes(frame);
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.text.draw(frame);
  }

  private frames({ ctx, scene, palette, camera }: Frame): void {
    ctx.lineWidth = 1 / camera.k;
    ctx.fillStyle = palette.frame;
    ctx.strokeStyle = palette.frameLine;
    for (const { x, y, w, h } of scene.frames) {
      ctx.beginPath();
      ctx.roundRect(x, y, w, h, 16);
      ctx.fill();
      ctx.stroke();
    }
  }
}
