import { describe, expect, it } from 'vitest'
import { readExperimentFile } from '#main/experiments/experiment-file'

const read = (text: string) => readExperimentFile(text, 'sweep.yml')

const whole = `
name: alpha sweep
corpus: WebNLG star
variants: [mtl, pmei]
seeds: [1, 2]
preset: paper
vectors: [~, glove.txt]
settings:
  alpha: [0.1, 1e-3]   # the early losses
  batch: 10
  order: shuffled
  learning-rate: { from: 1e-4, to: 1e-2, scale: log }
search: { trials: 8, seed: 3, halving: { epochs: 2 } }
`

describe('an experiment file', () => {
  it('is read with lists, single values, ranges and the names of options', () => {
    expect(read(whole)).toEqual({
      name: 'alpha sweep',
      corpus: 'WebNLG star',
      variants: ['mtl', 'pmei'],
      seeds: [1, 2],
      preset: 'paper',
      vectors: [null, 'glove.txt'],
      encoder: null,
      settings: {
        batchSize: [10],
        learningRate: { from: 1e-4, to: 1e-2, scale: 'log' },
        order: ['shuffled'],
        alpha: [0.1, 1e-3],
      },
      search: { trials: 8, seed: 3, halving: { epochs: 2, factor: 3 } },
    })
  })

  it('takes three seeds and the recommended preset where it names none', () => {
    expect(read('name: n\ncorpus: c\nvariants: pmei')).toMatchObject({
      seeds: [1, 2, 3],
      preset: 'recommended',
      search: null,
    })
  })

  it.each([
    ['corpus: c\nvariants: pmei', 'sweep.yml, line 1: the experiment needs "name".'],
    ['name: n\ncorpus: c\nvariants: [pmei, pmi]', 'sweep.yml, line 3: "variants" is "pmi", which is none of: mtl, '],
    [
      'name: n\ncorpus: c\nvariants: pmei\nsettings:\n  alhpa: 1',
      'sweep.yml, line 5: "settings.alhpa" is not known here. Known are: epochs, patience,',
    ],
    [
      'name: n\ncorpus: c\nvariants: pmei\nsettings:\n  dropout: [0.1, 2]',
      'line 5: "settings.dropout" is not allowed. Input dropout must be a share from 0 to 0.95, not 2.',
    ],
    ['name: n\ncorpus: c\nvariants: pmei\nsettings:\n  seed: 3', '"settings.seed" is not known here.'],
    [
      'name: n\ncorpus: c\nfamilies: [rin]\nvariants: [mtl]',
      '"variants" are of pmei: name it among the families, or leave them out.',
    ],
    [
      'name: n\ncorpus: c\nfamilies: [pmei, grid]\nsettings: { alpha: [0.1, 0.01] }',
      '"settings" tries several values of alpha, which grid does not have: it would be trained once for each, all the same. Give grid a plan of its own.',
    ],
    ['name: n\ncorpus: c\nfamilies: [rnn]', '"families" is "rnn", which is none of: pmei, rin'],
    ['name: n\ncorpus: c\nvariants: []', '"variants" is an empty list.'],
    [
      'name: n\ncorpus: c\nvariants: pmei\nsettings:\n  order: { from: 1, to: 2 }',
      '"settings.order" has no values between others: list those to try.',
    ],
    [
      'name: n\ncorpus: c\nvariants: pmei\nsettings:\n  alpha: { from: 1, to: 0.1 }',
      '"settings.alpha" goes from 1 to 0.1: the first must be the smaller one.',
    ],
    [
      'name: n\ncorpus: c\nvariants: pmei\nsettings:\n  alpha: { from: 0, to: 0.1, scale: log }',
      'a logarithmic scale never reaches',
    ],
    [
      'name: n\ncorpus: c\nvariants: pmei\nsearch: { trials: 0 }',
      '"search.trials" is not allowed. Trials must be a whole number from 1 to 1,000, not 0.',
    ],
    ['name: n\nname: m', 'sweep.yml, line 2: Map keys must be unique.'],
    ['name: [n', 'sweep.yml, line 1:'],
    ['', 'the experiment must hold fields: name, corpus,'],
  ])('refuses %j with file, line and field', (text, message) => expect(() => read(text)).toThrow(message))
})
