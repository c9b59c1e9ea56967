/** Newest first; of the same date, the one that came first. */
export interface DateQueue {
  readonly push: (sha: string, at: number) => void;
  readonly pop: () => string | null;
}

interface Waiting {
  readonly sha: string;
  readonly at: number;
  readonly turn: number;
}

/** A binary heap: walking ten thousand commits must not take ten thousand sorts. */
export function createDateQueue(): DateQueue {
  const heap: Waiting[] = [];
  let turns = 0;

  function isBefore(one: Waiting | undefined, other: Waiting | undefined): boolean {
    if (one === undefined || other === undefined) return one !== undefined;
    return one.at === other.at ? one.turn < other.turn : one.at > other.at;
  }

  function swap(one: number, other: number): boolean {
    const a = heap[one];
    const b = heap[other];
    if (a === undefined || b === undefined || !isBefore(b, a)) return false;
    heap[one] = b;
    heap[other] = a;
    return true;
  }

  return {
    push: (sha, at) => {
      heap.push({ sha, at, turn: turns });
      turns += 1;
      for (let place = heap.length - 1; place > 0;) {
        const above = (place - 1) >> 1;
        if (!swap(above, place)) break;
        place = above;
      }
    },
    pop: () => {
      const top = heap[0];
      const last = heap.pop();
      if (top === undefined || last === undefined) return null;
      if (heap.length === 0) return top.sha;
      heap[0] = last;
      for (let place = 0; ;) {
        const left = 2 * place + 1;
        const below = isBefore(heap[left + 1], heap[left]) ? left + 1 : left;
        if (!swap(place, below)) break;
        place = below;
      }
      return top.sha;
    },
  };
}
