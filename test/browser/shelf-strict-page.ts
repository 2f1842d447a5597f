/** The page inside the frame of `shelf-strict.test.ts`: everything it does must be possible under its strict policy. */
import { defineShelf } from '../../src/element'
import { FakeSotto, resultOf } from './shelf-fake-sotto'
import { PNG } from './shelf-page'

const sotto = new FakeSotto()
sotto.results = [
  resultOf('a', {}, { thumbnail: { type: 'image/png', bytes: PNG } }),
  resultOf('b', { image: 'https://elsewhere.example/b.png' }),
]
defineShelf(sotto.sotto)
