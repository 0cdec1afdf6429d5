export function GraphPage() {
  return <h1>GraphPage</h1>;
}
