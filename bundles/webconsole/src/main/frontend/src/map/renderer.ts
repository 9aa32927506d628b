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

/** Draws the scene on a canvas. Holds no state of the scene; drawing the same twice gives the same picture. */
export class Renderer {
  private readonly text = new TextLayer();

  constructor(
    private readonly canvas: HTMLCanvasElement,
    public palette: Palette,
  ) {}

  draw(scene: Scene, look: Look, camera: Transform): void {
    const ratio = window.devicePixelRatio || 1;
    const width = this.canvas.clientWidth;
    const height = this.canvas.clientHeight;
    const pixelWidth = Math.round(width * ratio);
    const pixelHeight = Math.round(height * ratio);
    if (this.canvas.width !== pixelWidth) this.canvas.width = pixelWidth;
    if (this.canvas.height !== pixelHeight) this.canvas.height = pixelHeight;
    const ctx = this.canvas.getContext('2d', { alpha: false });
    if (ctx) this.paint(ctx, ratio, width, height, scene, look, camera);
  }

  private paint(
    ctx: CanvasRenderingContext2D,
    ratio: number,
    width: number,
    height: number,
    scene: Scene,
    look: Look,
    camera: Transform,
  ): void {
    const { x, y, k } = camera;
    const frame: Frame = {
      ctx,
      scene,
      palette: this.palette,
      look,
      camera,
      world: { x: -x / k, y: -y / k, w: width / k, h: height / k },
      toScreen: (wx, wy) => ({ x: wx * k + x, y: wy * k + y }),
    };
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.fillStyle = this.palette.background;
    ctx.fillRect(0, 0, width, height);
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
