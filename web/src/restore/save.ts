/** Milliseconds between two downloads: browsers drop those that begin at once. */
const PAUSE = 400;

/** Save what is at these addresses; the server says what the files are called. */
export async function save(addresses: readonly string[]): Promise<void> {
  for (const [index, address] of addresses.entries()) {
    if (index) await new Promise((resolve) => setTimeout(resolve, PAUSE));
    const link = document.createElement("a");
    link.href = address;
    link.download = "";
    link.click();
  }
}
