/** Does one thing at a time. Of those asked for meanwhile only the newest waits: it is never lost, the others are. */
export function latest<Item>(work: (item: Item) => Promise<void>): (item: Item) => void {
  let isBusy = false;
  let waiting: readonly [Item] | null = null;
  const start = (item: Item): void => {
    isBusy = true;
    void work(item).finally(() => {
      isBusy = false;
      const next = waiting;
      waiting = null;
      if (next) start(next[0]);
    });
  };
  return (item) => {
    if (isBusy) waiting = [item];
    else start(item);
  };
}
