import { between, pick, type Random } from "./random.ts";
import type { Element, Frame, Placement, Scene, Setting } from "./scene.ts";
import { FORMS } from "./shapes/forms.ts";
import type { Shape } from "./shapes/shape.ts";
import { SHAPES } from "./shapes/shapes.ts";

/** How large things are against their setting: a table is near, a sea is wide. */
const ROOM: Readonly<Record<Setting, number>> = {
  table: 1,
  studio: 1,
  room: 0.86,
  outdoors: 0.92,
  sea: 0.8,
  city: 1,
  abstract: 1,
};

/** A thing on its way to a place. */
export interface Spot {
  readonly element: Element;
  readonly shape: Shape;
  x: number;
  y: number;
  scale: number;
  depth: number;
  aloft: boolean;
  readonly flip: boolean;
  readonly tilt: number;
}

/** Places the elements of a scene beside each other, from x = 0, around a ground line at y = 0. */
export function layOut(scene: Scene, random: Random, side: number, variant: number): Spot[] {
  const { elements } = scene;
  const rooted = orderOf(elements, random);
  const crowd = rooted.reduce((sum, index) => sum + 0.4 + 0.6 * (elements[index]?.count ?? 1), 0);
  const boost =
    ROOM[scene.setting] * pick([1.02, 1.16, 0.78, 0.92], variant) * Math.max(0.7, 1.34 - 0.16 * crowd);
  const hosts = elements.map((element): Host => {
    const shape = shapeOf(element.subject);
    const scale =
      (side / 100) *
      (shape.size / 100) *
      element.scale *
      boost *
      (elements.length === 1 ? closeness(shape) : 1);
    return {
      element,
      shape,
      scale,
      width: shape.width * scale * (1 + (element.count - 1) * 0.78),
      x: 0,
      y: 0,
      depth: 0,
      aloft: element.aloft,
      fans: false,
    };
  });
  const gap = side * between(random, 0.02, 0.07);
  let edge = 0;
  // From left to right; `fitInto` centres the row.
  for (const index of rooted) {
    const host = hosts[index];
    if (host === undefined) continue;
    host.x = edge + host.width / 2;
    host.y = host.aloft ? -side * 0.42 : side * between(random, -0.02, 0.06);
    host.depth = host.y;
    edge += host.width + gap;
  }
  // Hosts may themselves be hosted ("lemons on a plate on a chair"): settle from the rooted ones outwards.
  settle(hosts, new Set(rooted), side, random);
  return hosts.flatMap((host) => copiesOf(host, random));
}

/** Nearer to a small thing that stands alone. */
function closeness({ size, width }: Shape): number {
  return Math.min(1.6, Math.max(1, Math.sqrt(52 / (size * Math.max(1, width / 100)))));
}

interface Host {
  readonly element: Element;
  readonly shape: Shape;
  scale: number;
  width: number;
  x: number;
  y: number;
  depth: number;
  aloft: boolean;
  /** Stands in something deep and narrow. */
  fans: boolean;
}

/** The elements that stand on the ground by themselves, from left to right. */
function orderOf(elements: readonly Element[], random: Random): number[] {
  const order: number[] = [];
  const later: number[] = [];
  for (const [index, { place, side }] of elements.entries()) {
    if (place?.relation === "left" || place?.relation === "right") later.push(index);
    else if (place !== undefined) continue;
    else if (side === "left" || (side === undefined && random() < 0.5)) order.unshift(index);
    else order.push(index);
  }
  for (const index of later.reverse()) {
    const place = elements[index]?.place;
    const at = order.indexOf(place?.of ?? -1);
    if (place?.relation === "left") order.splice(Math.max(0, at), 0, index);
    else order.splice(at < 0 ? order.length : at + 1, 0, index);
  }
  // A thing that was told "left" keeps its promise whatever stood there before.
  return order.toSorted((a, b) => sideOf(elements[a]) - sideOf(elements[b]));
}

function sideOf(element: Element | undefined): number {
  return element?.side === "left" ? -1 : element?.side === "right" ? 1 : 0;
}

function settle(hosts: readonly Host[], settled: Set<number>, side: number, random: Random): void {
  for (let pass = 0; pass < hosts.length && settled.size < hosts.length; pass++) {
    for (const [index, host] of hosts.entries()) {
      const place = host.element.place;
      const other = place === undefined ? undefined : hosts[place.of];
      if (settled.has(index) || place === undefined || other === undefined || !settled.has(place.of))
        continue;
      placeBy(host, other, place.relation, side, random);
      settled.add(index);
    }
  }
}

function placeBy(host: Host, other: Host, relation: Placement, side: number, random: Random): void {
  const aside = (random() < 0.5 ? -1 : 1) * other.width;
  host.x = other.x;
  host.y = other.y;
  host.depth = other.depth + DEPTHS[relation];
  switch (relation) {
    case "behind":
      host.x += aside * 0.42;
      host.y -= side * 0.09;
      host.scale *= 0.92;
      break;
    case "before":
      host.x += aside * 0.34;
      host.y += side * 0.1;
      break;
    case "above":
      host.y -= 100 * other.scale + side * 0.08;
      host.aloft = true;
      break;
    case "in":
      host.fans = other.shape.seat > 90;
      if (!host.fans) makeRoom(host, other);
      host.y -= other.shape.seat * other.scale * 0.86;
      break;
    case "on":
      makeRoom(host, other);
      host.y -= other.shape.seat * other.scale;
      break;
    default:
      break;
  }
}

/** Which of the two is drawn later. What is in something stands behind its front. */
const DEPTHS: Readonly<Record<Placement, number>> = {
  left: 0,
  right: 0,
  behind: -40,
  before: 40,
  above: 1,
  on: 1,
  in: -1,
};

/** What lies on a plate fits it: the plate grows and the rest shrinks until it does. */
function makeRoom(host: Host, other: Host): void {
  const tight = Math.sqrt(host.width / (other.width * (other.shape.seat > 90 ? 1.6 : 0.86)));
  if (tight <= 1) return;
  host.scale /= tight;
  host.width /= tight;
  other.scale *= tight;
  other.width *= tight;
}

/** Two, three, … of a kind stand in a loose group, not in a rank; out of a vase they fan. */
function copiesOf(host: Host, random: Random): Spot[] {
  const { element, shape, scale, x, y, depth, aloft, fans } = host;
  const step = shape.width * scale * (fans ? 0.08 : 0.8);
  return Array.from({ length: element.count }, (_, copy) => {
    const several = element.count > 1;
    const back = several && copy % 2 === 1;
    const off = copy - (element.count - 1) / 2;
    const flip = random() < 0.5;
    const sway = aloft ? between(random, -16, -5) : several && shape.seat < 90 ? between(random, -7, 7) : 0;
    return {
      element,
      shape,
      aloft,
      flip,
      x: x + off * step,
      y: y - (back ? 0.09 : 0) * step * (aloft ? 4 : 1),
      scale: scale * (several ? between(random, 0.9, 1.06) : 1),
      depth: depth + (back ? -0.3 : copy * 0.01),
      tilt: fans ? off * (flip ? -24 : 24) : sway,
    };
  });
}

/** Moves the group to the focus, and makes it small enough for the frame. */
export function fitInto(
  spots: readonly Spot[],
  frame: Frame,
  focus: { x: number; y: number },
  horizon: number,
): Spot[] {
  if (spots.length === 0) return [];
  const left = Math.min(...spots.map((spot) => spot.x - (spot.shape.width * spot.scale) / 2));
  const right = Math.max(...spots.map((spot) => spot.x + (spot.shape.width * spot.scale) / 2));
  const top = Math.min(...spots.map((spot) => spot.y - 102 * spot.scale));
  const grounded = spots.every((spot) => !spot.aloft);
  const foot = grounded ? focus.y : Math.max(focus.y, horizon + (frame.height - horizon) * 0.5);
  const shrink = Math.min(
    1,
    (frame.width * 0.86) / (right - left),
    (foot - frame.height * 0.07) / -Math.min(-1, top),
  );
  const half = ((right - left) * shrink) / 2;
  const middle = Math.min(frame.width * 0.94 - half, Math.max(frame.width * 0.06 + half, focus.x));
  return spots
    .map((spot) => ({
      ...spot,
      x: middle + (spot.x - (left + right) / 2) * shrink,
      y: foot + spot.y * shrink,
      scale: spot.scale * shrink,
    }))
    .toSorted((a, b) => a.depth - b.depth);
}

function shapeOf(subject: Element["subject"]): Shape {
  return typeof subject === "number" ? pick(FORMS, subject) : SHAPES[subject];
}
