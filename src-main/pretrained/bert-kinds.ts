/** The models of Hugging Face folders that are BERT's encoder under other names: what differs between them, as data. */

export interface BertKind {
  /** Names of `architectures` in config.json, for folders that state no `model_type`. */
  readonly architectures: RegExp
  /** Prefix of the encoder's weights in models with a head on top. */
  readonly prefix: RegExp
  /** Parts of the names of weights, and what BERT calls them. */
  readonly renamed: readonly (readonly [part: RegExp, bert: string])[]
  /** Names of the fields of config.json that state the sizes; `types` is absent where pieces have no token types. */
  readonly fields: Readonly<Record<SizeName, string>> & { readonly types?: string; readonly embedding?: string }
  readonly activation: string
  /** Whether the position of the first piece is the row after that of padding, not row 0 (Fairseq's habit). */
  readonly countsFromPadding: boolean
}

type SizeName = 'vocabulary' | 'width' | 'layers' | 'heads' | 'inner' | 'positions'

const fields = {
  vocabulary: 'vocab_size',
  width: 'hidden_size',
  layers: 'num_hidden_layers',
  heads: 'num_attention_heads',
  inner: 'intermediate_size',
  positions: 'max_position_embeddings',
  types: 'type_vocab_size',
} as const

const likeBert = {
  prefix: /^bert\./,
  renamed: [],
  fields,
  activation: 'hidden_act',
  countsFromPadding: false,
} as const

const likeRoberta = { ...likeBert, prefix: /^roberta\./, countsFromPadding: true } as const

/** By `model_type`. */
export const bertKinds: Readonly<Record<string, BertKind>> = {
  bert: { ...likeBert, architectures: /^Bert(Model|LMHeadModel|For[A-Z]\w*)$/ },
  roberta: { ...likeRoberta, architectures: /^Roberta(Model|For[A-Z]\w*)$/ },
  'xlm-roberta': { ...likeRoberta, architectures: /^XLMRoberta(Model|For[A-Z]\w*)$/ },
  camembert: { ...likeRoberta, architectures: /^Camembert(Model|For[A-Z]\w*)$/ },
  electra: {
    ...likeBert,
    architectures: /^Electra(Model|For[A-Z]\w*)$/,
    prefix: /^electra\./,
    fields: { ...fields, embedding: 'embedding_size' },
  },
  distilbert: {
    architectures: /^DistilBert(Model|For[A-Z]\w*)$/,
    prefix: /^distilbert\./,
    renamed: [
      [/^transformer\.layer\./, 'encoder.layer.'],
      [/\.attention\.q_lin\./, '.attention.self.query.'],
      [/\.attention\.k_lin\./, '.attention.self.key.'],
      [/\.attention\.v_lin\./, '.attention.self.value.'],
      [/\.attention\.out_lin\./, '.attention.output.dense.'],
      [/\.sa_layer_norm\./, '.attention.output.LayerNorm.'],
      [/\.ffn\.lin1\./, '.intermediate.dense.'],
      [/\.ffn\.lin2\./, '.output.dense.'],
      [/\.output_layer_norm\./, '.output.LayerNorm.'],
    ],
    fields: {
      vocabulary: 'vocab_size',
      width: 'dim',
      layers: 'n_layers',
      heads: 'n_heads',
      inner: 'hidden_dim',
      positions: 'max_position_embeddings',
    },
    activation: 'activation',
    countsFromPadding: false,
  },
}

type Config = Readonly<Record<string, unknown>>

/** @throws Error that names what the folder holds and what is read. */
export function kindOf({ model_type: name, architectures }: Config): BertKind {
  const known = Object.keys(bertKinds).join(', ')
  if (name === undefined) {
    const named: unknown[] = Array.isArray(architectures) ? architectures : []
    const found = Object.values(bertKinds).find((kind) =>
      named.some((one) => typeof one === 'string' && kind.architectures.test(one)),
    )
    if (found) return found
    throw new Error(
      'config.json has no "model_type": add "model_type": "bert" if this is a BERT, or the name of its kind if it is another one ' +
        `that is read (${known})`,
    )
  }
  const kind = typeof name === 'string' && Object.hasOwn(bertKinds, name) ? bertKinds[name] : undefined
  if (kind) return kind
  throw new Error(
    `config.json: expected a "model_type" that is read (${known}), found ${JSON.stringify(name)}: take a model of one of these kinds`,
  )
}
