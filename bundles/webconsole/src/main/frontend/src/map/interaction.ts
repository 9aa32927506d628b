import { select } from 'd3-selection';
import { type D3ZoomEvent, type ZoomBehavior, zoom, zoomIdentity } from 'd3-zoom';
import type { Scene, SceneEdge, SceneFrame, SceneNode } from './scene';
import type { Transform } from './renderer';

export type Hit =
  | { readonly kind: 'node'; readonly node: SceneNode }
  | { readonly kind: 'edge'; readonly edge: SceneEdge }
  | { readonly kind: 'frame'; readonly frame: SceneFrame };

export interface InteractionListener {
  onCamera(camera: Transform, byUser: boolean): void;
  onHover(hit: Hit | undefined): void;
  onClick(hit: Hit | undefined): void;
  onDoubleClick(hit: Hit): void;
  onMenu(hit: Hit | undefined, x: number, y: number): void;
  onDragged(): void;
  onKey(event: KeyboardEvent): void;
}

const SMALLEST = 0.05;
const LARGEST = 4;
/** A press that moves less than this is a click. */
const CLICK_SLACK = 4;
const DOUBLE_CLICK_MS = 220;

/** Turns pointer and wheel into pan, zoom, drag, hover and click. Keys go to the listener as they are. */
export class Interaction {
  camera: Transform = { x: 0, y: 0, k: 1 };
  private readonly behaviour: ZoomBehavior<HTMLCanvasElement, unknown>;
  private readonly abort = new AbortController();
  private drag: { node: SceneNode; dx: number; dy: number; moved: boolean } | undefined;
  private clickTimer: ReturnType<typeof setTimeout> | undefined;
  private pressed: { x: number; y: number } | undefined;

  constructor(
    private readonly stage: HTMLElement,
    private readonly canvas: HTMLCanvasElement,
    private readonly scene: Scene,
    private readonly listener: InteractionListener,
  ) {
    this.behaviour = zoom<HTMLCanvasElement, unknown>()
      .scaleExtent([SMALLEST, LARGEST])
      .filter((event: Event) => this.mayPan(event))
      .on('zoom', (event: D3ZoomEvent<HTMLCanvasElement, unknown>) => {
        const { x, y, k } = event.transform;
        this.camera = { x, y, k };
        this.listener.onCamera(this.camera, Boolean(event.sourceEvent));
      });
    select(canvas).call(this.behaviour).on('dblclick.zoom', null);
    this.listen();
  }

  destroy(): void {
    this.abort.abort();
    clearTimeout(this.clickTimer);
    select(this.canvas).on('.zoom', null);
  }

  /** Sets the camera without telling it as the user's doing. */
  setCamera({ x, y, k }: Transform): void {
    select(this.canvas).call(this.behaviour.transform, zoomIdentity.translate(x, y).scale(k));
  }

  hitAt(clientX: number, clientY: number): Hit | undefined {
    const { x, y } = this.toWorld(clientX, clientY);
    const slack = 3 / this.camera.k;
    const node = this.scene.nodeAt(x, y, slack);
    if (node) return { kind: 'node', node };
    const edge = this.scene.edgeAt(x, y, 8 / this.camera.k);
    if (edge) return { kind: 'edge', edge };
    const frame = this.scene.frameTitleAt(x, y);
    return frame ? { kind: 'frame', frame } : undefined;
  }

  private mayPan(event: Event): boolean {
    if (event.type === 'wheel') return true;
    if (event instanceof MouseEvent && event.button !== 0) return false;
    if (event instanceof MouseEvent) return this.hitAt(event.clientX, event.clientY)?.kind !== 'node';
    const touches = (event as TouchEvent).touches;
    const touch = touches.length === 1 ? touches[0] : undefined;
    return !touch || this.hitAt(touch.clientX, touch.clientY)?.kind !== 'node';
  }

  private toWorld(clientX: number, clientY: number): { x: number; y: number } {
    const box = this.canvas.getBoundingClientRect();
    const { x, y, k } = this.camera;
    return { x: (clientX - box.left - x) / k, y: (clientY - box.top - y) / k };
  }

  private listen(): void {
    const on = <K extends keyof HTMLElementEventMap>(type: K, handle: (event: HTMLElementEventMap[K]) => void): void =>
      this.canvas.addEventListener(type, handle, { signal: this.abort.signal });
    on('pointerdown', (event) => this.press(event));
    on('pointermove', (event) => this.moved(event));
    on('pointerup', (event) => this.release(event));
    on('pointercancel', () => (this.drag = undefined));
    on('pointerleave', () => this.listener.onHover(undefined));
    on('click', (event) => this.clicked(event));
    on('dblclick', (event) => {
      clearTimeout(this.clickTimer);
      const hit = this.hitAt(event.clientX, event.clientY);
      if (hit) this.listener.onDoubleClick(hit);
    });
    on('contextmenu', (event) => {
      event.preventDefault();
      this.listener.onMenu(this.hitAt(event.clientX, event.clientY), event.clientX, event.clientY);
    });
    this.stage.addEventListener('keydown', (event) => this.listener.onKey(event), { signal: this.abort.signal });
  }

  private press(event: PointerEvent): void {
    this.pressed = { x: event.clientX, y: event.clientY };
    if (event.button !== 0) return;
    const hit = this.hitAt(event.clientX, event.clientY);
    if (hit?.kind !== 'node') return;
    const at = this.toWorld(event.clientX, event.clientY);
    this.drag = { node: hit.node, dx: hit.node.x - at.x, dy: hit.node.y - at.y, moved: false };
    this.canvas.setPointerCapture(event.pointerId);
  }

  private moved(event: PointerEvent): void {
    if (!this.drag) {
      if (event.buttons === 0) this.listener.onHover(this.hitAt(event.clientX, event.clientY));
      return;
    }
    if (!this.drag.moved && this.isClick(event)) return;
    this.drag.moved = true;
    const at = this.toWorld(event.clientX, event.clientY);
    this.scene.move(this.drag.node, at.x + this.drag.dx, at.y + this.drag.dy);
    this.listener.onDragged();
  }

  private release(event: PointerEvent): void {
    if (this.drag) this.canvas.releasePointerCapture(event.pointerId);
    this.drag = undefined;
  }

  /** A click on a node waits for a second one: what the first opens must not come in its way. */
  private clicked(event: MouseEvent): void {
    if (!this.isClick(event)) return;
    const hit = this.hitAt(event.clientX, event.clientY);
    clearTimeout(this.clickTimer);
    if (hit?.kind !== 'node') this.listener.onClick(hit);
    else if (event.detail <= 1) this.clickTimer = setTimeout(() => this.listener.onClick(hit), DOUBLE_CLICK_MS);
  }

  private isClick(event: MouseEvent): boolean {
    const from = this.pressed;
    return !from || Math.hypot(event.clientX - from.x, event.clientY - from.y) < CLICK_SLACK;
  }
}
