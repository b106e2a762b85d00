/** The wake-up topic of a viewer's feed of events. */
export function eventsTopic(viewer: string): string {
  return `events:${viewer}`;
}
