/** Keeps what was used last, up to a number of bytes. */
export type ByteLru<Value extends { cost: number }> = {
  get: (key: string) => Value | undefined;
  set: (key: string, value: Value) => void;
  delete: (key: string) => void;
  size: () => { entries: number; bytes: number };
};

export function createByteLru<Value extends { cost: number }>(maxBytes: number): ByteLru<Value> {
  // A Map remembers the order of insertion: the first key is the one unused for longest.
  const values = new Map<string, Value>();
  let bytes = 0;

  function remove(key: string): void {
    bytes -= values.get(key)?.cost ?? 0;
    values.delete(key);
  }

  return {
    get(key) {
      const value = values.get(key);
      if (value === undefined) return undefined;
      values.delete(key);
      values.set(key, value);
      return value;
    },
    set(key, value) {
      remove(key);
      if (value.cost > maxBytes) return;
      values.set(key, value);
      bytes += value.cost;
      for (const oldest of values.keys()) {
        if (bytes <= maxBytes) break;
        remove(oldest);
      }
    },
    delete: remove,
    size: () => ({ entries: values.size, bytes }),
  };
}
