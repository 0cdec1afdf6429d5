import type { Touch } from "./Hand";

/** Where on an element a pointer is. Only a pen knows how hard it is pressed. */
export function touchOf(event: PointerEvent, element: Element): Touch {
  const { left, top } = element.getBoundingClientRect();
  return {
    x: event.clientX - left,
    y: event.clientY - top,
    pressure: event.pointerType === "pen" ? event.pressure : null,
  };
}

/** All the places where it was since the last event: browsers report moves once a frame. */
export function touchesOf(event: PointerEvent, element: Element): readonly Touch[] {
  const events = event.getCoalescedEvents();
  return (events.length ? events : [event]).map((each) => touchOf(each, element));
}
