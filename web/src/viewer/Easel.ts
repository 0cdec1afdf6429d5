import OpenSeadragon from "openseadragon";

import type { Size } from "./picture";
import { Slot, type Hanger, type Layer } from "./Slot";
import { isSameShape, type View } from "./view";

export interface EaselEvents {
  readonly onView: (view: View) => void;
  /** Something has come, or could not. */
  readonly onState: (state: EaselState) => void;
}

export interface EaselState {
  /** Nothing is to be seen yet. */
  readonly loading: boolean;
  readonly error: unknown;
}

/** From here on the picture's own pixels are shown, unless all of it is in sight: below, they would lie unevenly. */
const PIXELS = 2;

/** The most that a pixel is enlarged. */
const MOST = 40;

/** Room about the whole picture, as a share of the stage. */
const MARGIN = 0.02;

const GESTURES = { clickToZoom: false, dblClickToZoom: false, flickEnabled: true, pinchRotate: false };

const OPTIONS = {
  drawer: "canvas",
  showNavigationControl: false,
  preserveViewport: true,
  visibilityRatio: 0.5,
  minZoomImageRatio: 0.5,
  maxZoomPixelRatio: MOST,
  animationTime: 0.25,
  springStiffness: 10,
  zoomPerScroll: 1.25,
  immediateRender: false,
  silenceMultiImageWarnings: true,
  gestureSettingsMouse: GESTURES,
  gestureSettingsTouch: GESTURES,
  gestureSettingsPen: GESTURES,
} as const;

/** Pictures one on another, moved together: what is wished for, by layers, on OpenSeadragon. */
export class Easel {
  /** Where things lie that are drawn over the picture; what is pressed there can be zoomed through. */
  readonly over: HTMLElement;
  private readonly viewer: OpenSeadragon.Viewer;
  private slots: readonly Slot[] = [];
  private main = "";
  private frame: Size | null = null;
  private fitted = true;
  private drags = true;
  private held = false;
  private resized = false;
  private last = "";
  private closed = false;

  constructor(
    element: HTMLElement,
    private readonly events: EaselEvents,
    private readonly still: boolean,
  ) {
    this.viewer = new OpenSeadragon.Viewer({ ...OPTIONS, element, ...(still && { animationTime: 0 }) });
    this.over = document.createElement("div");
    this.over.style.cssText = "position: absolute; inset: 0; pointer-events: none";
    this.viewer.canvas.append(this.over);
    // Keys are the stage's own, and so is the focus.
    this.viewer.canvas.removeAttribute("tabindex");
    this.listen();
  }

  /** Show these, the last on top. `main` is the one whose pixels count. */
  show(layers: readonly Layer[], main: string): void {
    if (this.closed) return;
    this.main = main;
    const before = new Map(this.slots.map((slot) => [slot.layer.id, slot]));
    this.slots = layers.map((layer) => {
      const slot = before.get(layer.id);
      before.delete(layer.id);
      slot?.show(layer);
      return slot ?? new Slot(this.viewer, this.hanger, layer);
    });
    before.forEach((slot) => slot.remove());
    this.stack();
    this.tell();
  }

  /** Ask again for what could not be had. */
  retry(): void {
    this.slots.forEach((slot) => slot.retry());
  }

  /** Whether one finger or the mouse moves the picture. */
  allowDrag(on: boolean): void {
    this.drags = on;
  }

  /** Make all so many times as bright: small differences are seen only then. */
  brighten(gain: number): void {
    if (!this.closed) this.viewer.drawer.canvas.style.filter = gain === 1 ? "" : `brightness(${gain})`;
  }

  /** Whether the whole picture is seen, at its best size. */
  get isFitted(): boolean {
    return this.fitted;
  }

  /** The whole picture. */
  fit(immediately = this.still): void {
    if (!this.frame) return;
    const height = this.frame.height / this.frame.width;
    const bounds = new OpenSeadragon.Rect(-MARGIN, -MARGIN, 1 + 2 * MARGIN, height + 2 * MARGIN);
    this.viewer.viewport.fitBounds(bounds, immediately);
    this.fitted = true;
  }

  /** So many pixels of the screen for one of the picture, in hundredths. */
  zoomTo(percent: number): void {
    const { stage, frame } = this;
    if (!frame) return;
    this.fitted = false;
    const zoom = ((percent / 100) * frame.width) / (stage.width * window.devicePixelRatio);
    this.viewer.viewport.zoomTo(zoom, undefined, this.still).applyConstraints(this.still);
  }

  zoomBy(factor: number): void {
    this.fitted = false;
    this.viewer.viewport.zoomBy(factor, undefined, this.still).applyConstraints(this.still);
  }

  /** Move what is seen by shares of the stage. */
  panBy(across: number, down: number): void {
    const { width, height } = this.viewer.viewport.getBounds();
    this.fitted = false;
    this.viewer.viewport.panBy(new OpenSeadragon.Point(across * width, down * height), this.still);
    this.viewer.viewport.applyConstraints(this.still);
  }

  /** Show the same part as another easel does. */
  follow({ x, y, scale, width, stage }: View): void {
    const unit = 1 / scale / width;
    const bounds = new OpenSeadragon.Rect(x / width, y / width, stage.width * unit, stage.height * unit);
    this.fitted = false;
    this.viewer.viewport.fitBounds(bounds, true);
  }

  close(): void {
    this.closed = true;
    this.slots.forEach((slot) => slot.remove());
    this.slots = [];
    this.viewer.destroy();
  }

  private readonly hanger: Hanger = {
    isEmpty: () => this.slots.every((slot) => slot.isEmpty),
    isAlone: (slot) => this.slots.every((other) => other === slot || other.isEmpty),
    arrive: (slot, size) => {
      this.reframe(slot, size);
      return this.frame ?? size;
    },
    changed: () => {
      this.slots.forEach((slot) => slot.cut());
      this.stack();
      this.tell();
    },
  };

  /** The main picture is the frame; until it is there, whichever comes first. The same shape keeps zoom and place. */
  private reframe(slot: Slot, size: Size): void {
    const { frame } = this;
    if (frame && slot.layer.id !== this.main) return;
    this.frame = size;
    if (frame && isSameShape(frame, size)) return;
    this.slots.forEach((each) => each.place(size));
    this.fit(true);
  }

  private stack(): void {
    this.slots.forEach((slot, index) => slot.raise(index));
    this.viewer.forceRedraw();
  }

  private listen(): void {
    const { viewer } = this;
    viewer.addHandler("viewport-change", () => this.moved());
    viewer.addHandler("update-viewport", () => this.tellView());
    viewer.addHandler("resize", () => (this.resized = true));
    // Runs after OpenSeadragon has captured the pointer.
    viewer.canvas.addEventListener("pointerdown", ({ target, pointerId }) => {
      const holder = target instanceof Element ? target.closest("[data-hold]") : null;
      holder?.setPointerCapture(pointerId);
      this.held = holder !== null;
    });
    viewer.addHandler("canvas-drag", (event) => {
      if (this.held || !this.drags) event.preventDefaultAction = true;
      else this.fitted = false;
    });
    viewer.addHandler("canvas-drag-end", (event) => {
      if (this.held || !this.drags) event.preventDefaultAction = true;
    });
    viewer.addHandler("canvas-scroll", () => (this.fitted = false));
    viewer.addHandler("canvas-pinch", () => (this.fitted = false));
    viewer.addHandler("canvas-key", (event) => (event.preventDefaultAction = true));
    viewer.addHandler("canvas-double-click", () => this.toggle());
  }

  private moved(): void {
    // Not at once: OpenSeadragon moves the picture after it has told of the new size.
    if (this.resized && this.fitted) this.fit(true);
    this.resized = false;
    this.slots.forEach((slot) => slot.cut());
  }

  /** Between the whole picture and its own pixels. */
  private toggle(): void {
    if (this.held || !this.drags) return;
    if (this.fitted) this.zoomTo(100);
    else this.fit();
  }

  private get stage(): Size {
    const { x, y } = this.viewer.viewport.getContainerSize();
    return { width: x, height: y };
  }

  private tellView(): void {
    const { frame, stage } = this;
    if (!frame || !stage.width) return;
    const { x, y, width } = this.viewer.viewport.getBounds(true);
    const scale = stage.width / width / frame.width;
    const view = { x: x * frame.width, y: y * frame.width, scale, ...frame, stage };
    this.sharpen(scale);
    const now = JSON.stringify(view);
    if (now === this.last) return;
    this.last = now;
    this.events.onView(view);
  }

  private sharpen(scale: number): void {
    const { stage, frame } = this;
    if (!frame) return;
    const whole = Math.min(stage.width / frame.width, stage.height / frame.height);
    const pixels = scale > whole && scale * window.devicePixelRatio >= PIXELS;
    this.viewer.drawer.setImageSmoothingEnabled(!pixels);
  }

  private tell(): void {
    const errors = this.slots.map((slot) => slot.error).filter((error) => error !== null);
    const empty = this.hanger.isEmpty();
    this.events.onState({ loading: empty && !errors.length, error: errors[0] ?? null });
    this.tellView();
  }
}
