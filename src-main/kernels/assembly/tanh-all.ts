/** Hyperbolic tangent of any number of values. */
import { loadFirst, storeFirst } from './lanes'
import { tanh } from './math'

export function tanhAll(source: usize, target: usize, count: i32): void {
  for (let left = count; left > 0; left -= 4) {
    storeFirst(target, tanh(loadFirst(source, left)), left)
    source += 16
    target += 16
  }
}
