import type { Camera } from '../domain/route';
import type { Matches } from '../domain/search';
import type { View } from '../domain/view';
import { type Hit, Interaction } from './interaction';
import { directionOf, nodeToward } from './keyboard';
import type { LayoutAnswer, LayoutRequest } from './layout.worker';
import type { LayoutInput, Point } from './layout';
import { readPalette } from './palette';
import { type Look, Renderer, type Transform } from './renderer';
import { Scene, type SceneNode } from './scene';

export interface MapListener {
  /** The user moved the camera. */
  onCamera(camera: Camera): void;
  onSelect(hit: Hit | undefined): void;
  onOpen(hit: Hit): void;
  onMenu(hit: Hit | undefined, x: number, y: number): void;
  /** The keyboard came to a node. */
  onFocus(node: SceneNode): void;
  /** A key that is not for moving on the map; the node is the one under the keyboard. */
  onCommand(key: string, node: SceneNode | undefined): void;
}

const MARGIN = 36;
const LARGEST_FIT = 1.25;
const GLIDE_MS = 350;
const REST_MS = 120;
const REVEAL_MARGIN = 60;

/** The map on one canvas: keeps scene, camera and picture together and draws at most once a frame. */
export class MapController {
  private readonly scene = new Scene();
  private readonly renderer: Renderer;
  private readonly interaction: Interaction;
  private readonly look: Look = { selected: undefined, hovered: undefined, focused: undefined, fresh: new Set() };
  private readonly resizes: ResizeObserver;
  private worker: Worker | undefined;
  private layoutSerial = 0;
  private view: View = { nodes: [], edges: [] };
  private scheduled = 0;
  private windowWidth = 0;
  private pictured = false;
  private changed = true;
  private drawnFrom: Transform = { x: 0, y: 0, k: 0 };
  private restTimer: ReturnType<typeof setTimeout> | undefined;
  /** Until the user moves the camera, the picture keeps fitting itself. */
  private follows = true;

  /** The stage holds the canvas, has the keyboard's focus, and gives the colours. */
  constructor(
    private readonly stage: HTMLElement,
    private readonly canvas: HTMLCanvasElement,
    private readonly listener: MapListener,
  ) {
    this.renderer = new Renderer(canvas, readPalette(stage));
    this.interaction = new Interaction(stage, canvas, this.scene, {
      onCamera: (camera, byUser) => this.cameraMoved(camera, byUser),
      onHover: (hit) => this.hover(hit),
      onClick: (hit) => listener.onSelect(hit),
      onDoubleClick: (hit) => listener.onOpen(hit),
      onMenu: (hit, x, y) => listener.onMenu(hit, x, y),
      onDragged: () => this.redraw(),
      onKey: (event) => this.key(event),
    });
    this.resizes = new ResizeObserver(() => this.resized());
    this.resizes.observe(canvas);
  }

  destroy(): void {
    this.resizes.disconnect();
    this.interaction.destroy();
    this.worker?.terminate();
    clearTimeout(this.restTimer);
    cancelAnimationFrame(this.scheduled);
  }

  show(view: View, matches: Matches | undefined, fresh: ReadonlySet<string>): void {
    const wasEmpty = this.scene.nodes.length === 0;
    this.view = view;
    this.scene.matches = matches;
    this.look.fresh = fresh;
    this.settle(this.scene.update(view));
    if (this.look.focused && !this.scene.byId.has(this.look.focused)) this.look.focused = undefined;
    if (wasEmpty && this.follows) this.fit();
    this.redraw();
  }

  select(id: string | undefined): void {
    this.look.selected = id;
    this.redraw();
  }

  /** Lays everything out afresh, forgetting what was moved by hand. */
  arrange(): void {
    this.scene.forgetPlaces();
    this.settle(this.scene.update(this.view));
    this.fit();
  }

  fit(): void {
    this.follows = true;
    const bounds = this.scene.bounds();
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (!bounds || width === 0 || height === 0) return;
    const k = Math.min((width - 2 * MARGIN) / bounds.w, (height - 2 * MARGIN) / bounds.h, LARGEST_FIT);
    this.interaction.setCamera({
      x: width / 2 - (bounds.x + bounds.w / 2) * k,
      y: height / 2 - (bounds.y + bounds.h / 2) * k,
      k,
    });
  }

  lookFrom(camera: Camera): void {
    this.follows = false;
    const { clientWidth: width, clientHeight: height } = this.canvas;
    this.interaction.setCamera({ x: width / 2 - camera.x * camera.k, y: height / 2 - camera.y * camera.k, k: camera.k });
  }

  zoomBy(factor: number): void {
    const { x, y, k } = this.centre();
    this.lookFrom({ x, y, k: Math.max(0.05, Math.min(4, k * factor)) });
    this.listener.onCamera(this.centre());
  }

  /** Moves the picture as little as it takes to have a node, or the middle of a line, in view. */
  private reveal(id: string): void {
    const place = this.scene.placeOf(id);
    if (!place) return;
    const { x, y, k } = this.interaction.camera;
    const dx = intoRange(place.x * k + x, REVEAL_MARGIN, this.canvas.clientWidth - REVEAL_MARGIN);
    const dy = intoRange(place.y * k + y, REVEAL_MARGIN, this.canvas.clientHeight - REVEAL_MARGIN);
    if (dx !== 0 || dy !== 0) this.interaction.setCamera({ x: x + dx, y: y + dy, k });
  }

  /** A panel that opens beside the map takes room, but must not move what the user is pointing at. */
  private resized(): void {
    const windowWidth = window.innerWidth;
    const byWindow = windowWidth !== this.windowWidth;
    this.windowWidth = windowWidth;
    if (this.follows && (byWindow || !this.canvas.matches(':hover'))) this.fit();
    else if (this.look.selected) this.reveal(this.look.selected);
    this.redraw();
  }

  refreshColours(): void {
    this.renderer.palette = readPalette(this.stage);
    this.redraw();
  }

  /** The picture as it is on the screen, as PNG. */
  picture(): Promise<Blob | null> {
    this.drawNow();
    return new Promise((resolve) => this.canvas.toBlob(resolve, 'image/png'));
  }

  /** Where each node stands, in pixels of the canvas. */
  places(): Record<string, Point> {
    const { x, y, k } = this.interaction.camera;
    return Object.fromEntries(this.scene.nodes.map((n) => [n.data.id, { x: n.x * k + x, y: n.y * k + y }]));
  }

  redraw(): void {
    this.changed = true;
    this.schedule();
  }

  private schedule(): void {
    if (this.scheduled === 0) this.scheduled = requestAnimationFrame(() => this.drawNext());
  }

  /** A frame in which only the camera moved sideways is cheap; the full picture follows when it rests. */
  private drawNext(): void {
    this.scheduled = 0;
    const { camera } = this.interaction;
    if (this.changed || !this.renderer.shift(this.scene, this.look, this.drawnFrom, camera)) {
      this.drawNow();
      return;
    }
    this.drawnFrom = camera;
    clearTimeout(this.restTimer);
    this.restTimer = setTimeout(() => this.redraw(), REST_MS);
  }

  private drawNow(): void {
    cancelAnimationFrame(this.scheduled);
    clearTimeout(this.restTimer);
    this.scheduled = 0;
    this.changed = false;
    this.drawnFrom = this.interaction.camera;
    this.renderer.draw(this.scene, this.look, this.interaction.camera);
    if (!this.pictured && this.scene.nodes.length > 0) {
      this.pictured = true;
      performance.mark('sallyport-picture');
    }
  }

  private cameraMoved(_camera: Transform, byUser: boolean): void {
    if (byUser) {
      this.follows = false;
      this.listener.onCamera(this.centre());
    }
    this.schedule();
  }

  private centre(): Camera {
    const { x, y, k } = this.interaction.camera;
    return { x: (this.canvas.clientWidth / 2 - x) / k, y: (this.canvas.clientHeight / 2 - y) / k, k };
  }

  private hover(hit: Hit | undefined): void {
    const id = hit?.kind === 'node' ? hit.node.data.id : hit?.kind === 'edge' ? hit.edge.data.id : undefined;
    this.canvas.style.cursor = hit ? 'pointer' : 'grab';
    if (id === this.look.hovered) return;
    this.look.hovered = id;
    this.redraw();
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = directionOf(event.key);
    const focused = this.look.focused === undefined ? undefined : this.scene.byId.get(this.look.focused);
    if (direction && event.shiftKey) {
      const { x, y, k } = this.centre();
      const step = 80 / k;
      const dx = direction === 'left' ? -step : direction === 'right' ? step : 0;
      const dy = direction === 'up' ? -step : direction === 'down' ? step : 0;
      this.lookFrom({ x: x + dx, y: y + dy, k });
      this.listener.onCamera(this.centre());
    } else if (direction) {
      const next = nodeToward(this.scene.nodes, focused, direction);
      if (next) this.focus(next);
    } else {
      this.listener.onCommand(event.key, focused);
      return;
    }
    event.preventDefault();
  }

  private focus(node: SceneNode): void {
    this.look.focused = node.data.id;
    this.reveal(node.data.id);
    this.listener.onFocus(node);
    this.redraw();
  }

  /** Asks the worker for a settled layout of what is shown, and glides there. */
  private settle(input: LayoutInput | undefined): void {
    if (!input) return;
    const view = this.view;
    const serial = ++this.layoutSerial;
    this.worker ??= new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
    this.worker.onmessage = ({ data }: MessageEvent<LayoutAnswer>) => {
      if (data.serial !== this.layoutSerial) return;
      const goal = new Map<string, Point>();
      view.nodes.forEach((node, i) =>
        goal.set(node.id, { x: data.positions[2 * i] as number, y: data.positions[2 * i + 1] as number }),
      );
      this.glide(goal);
    };
    const request: LayoutRequest = { serial, input };
    this.worker.postMessage(request);
  }

  private glide(goal: ReadonlyMap<string, Point>): void {
    const start = new Map(this.scene.nodes.map((n) => [n.data.id, { x: n.x, y: n.y }]));
    const begun = performance.now();
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const serial = this.layoutSerial;
    const step = (): void => {
      if (serial !== this.layoutSerial) return;
      const t = still ? 1 : Math.min(1, (performance.now() - begun) / GLIDE_MS);
      const eased = 1 - (1 - t) ** 3;
      const now = new Map<string, Point>();
      for (const [id, to] of goal) {
        const from = start.get(id) ?? to;
        now.set(id, { x: from.x + (to.x - from.x) * eased, y: from.y + (to.y - from.y) * eased });
      }
      this.scene.moveAll(now);
      if (this.follows) this.fit();
      this.redraw();
      if (t < 1) requestAnimationFrame(step);
      else this.canvas.dataset['settled'] = String(serial);
    };
    step();
  }
}

/** The way from a value into a range; 0 when it is within. */
function intoRange(value: number, low: number, high: number): number {
  if (value < low) return low - value;
  return value > high ? high - value : 0;
}
