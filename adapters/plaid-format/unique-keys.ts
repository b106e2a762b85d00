/** Gives each record a key that none before it had: "stem", then "stem#2", "stem#3". */
export function uniqueKeys(): (stem: string) => string {
  const counts = new Map<string, number>();
  const given = new Set<string>();
  return (stem) => {
    let count = counts.get(stem) ?? 0;
    let key: string;
    do {
      count += 1;
      key = count === 1 ? stem : `${stem}#${count}`;
    } while (given.has(key));
    counts.set(stem, count);
    given.add(key);
    return key;
  };
}
