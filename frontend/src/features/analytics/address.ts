/** The address of what was said of one query's results. */
export function addressOfQuery(query: string): string {
  return `/analytics?${new URLSearchParams({ query })}`;
}
