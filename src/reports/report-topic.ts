/** The wake-up topic of a report. */
export function reportTopic(reportId: string): string {
  return `report:${reportId}`;
}
