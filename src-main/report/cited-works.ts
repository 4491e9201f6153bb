/** Works that reports cite: families of models, methods of the tests, and sources of published figures. */
import type { FamilyName } from '#main/runs/family-name'

export interface Work {
  readonly key: string
  readonly kind: 'article' | 'book' | 'inproceedings'
  /** As BibTeX has them: "Sun, Kai"; "others" stands for those that are not named. */
  readonly authors: readonly string[]
  readonly title: string
  /** Journal, publisher or proceedings. */
  readonly place: string
  /** How the place is called in a list; absent where that is the place. */
  readonly shortPlace?: string
  readonly year: number
  readonly volume?: string
  readonly number?: string
  readonly pages?: string
  /** What a report takes from it; absent where the title says so. */
  readonly use?: string
}

const groupOfSun = ['Sun, Kai', 'Zhang, Richong', 'Mensah, Samuel', 'Mao, Yongyi', 'Liu, Xudong']

const pmei: Work = {
  ...{ key: 'sun2021', kind: 'inproceedings', authors: groupOfSun, year: 2021 },
  title: 'Progressive Multi-task Learning with Controlled Information Flow for Joint Entity and Relation Extraction',
  ...{ place: 'Proceedings of the AAAI Conference on Artificial Intelligence', shortPlace: 'AAAI' },
}
const rin: Work = {
  ...{ key: 'sun2020', kind: 'inproceedings', authors: groupOfSun, year: 2020 },
  title: 'Recurrent Interaction Network for Jointly Extracting Entities and Classifying Relations',
  place: 'Proceedings of the Conference on Empirical Methods in Natural Language Processing',
  shortPlace: 'EMNLP',
}
const casrel: Work = {
  ...{ key: 'wei2020', kind: 'inproceedings', year: 2020 },
  authors: ['Wei, Zhepei', 'Su, Jianlin', 'Wang, Yue', 'Tian, Yuan', 'Chang, Yi'],
  title: 'A Novel Cascade Binary Tagging Framework for Relational Triple Extraction',
  place: 'Proceedings of the Annual Meeting of the Association for Computational Linguistics',
  shortPlace: 'ACL',
}
const tplinker: Work = {
  ...{ key: 'wang2020', kind: 'inproceedings', year: 2020 },
  authors: ['Wang, Yucheng', 'Yu, Bowen', 'Zhang, Yueyang', 'Liu, Tingwen', 'Zhu, Hongsong', 'Sun, Limin'],
  title: 'TPLinker: Single-stage Joint Extraction of Entities and Relations Through Token Pair Linking',
  place: 'Proceedings of the International Conference on Computational Linguistics',
  shortPlace: 'COLING',
}
const onerel: Work = {
  ...{ key: 'shang2022', kind: 'inproceedings', year: 2022 },
  authors: ['Shang, Yu-Ming', 'Huang, Heyan', 'Mao, Xian-Ling'],
  title: 'OneRel: Joint Entity and Relation Extraction with One Module in One Step',
  ...{ place: 'Proceedings of the AAAI Conference on Artificial Intelligence', shortPlace: 'AAAI' },
}
const iped: Work = {
  ...{ key: 'zhao2024', kind: 'inproceedings', year: 2024 },
  authors: ['Zhao, Jianli', 'Xu, Changhao', 'Jiang, Bin'],
  title: 'IPED: An Implicit Perspective for Relational Triple Extraction based on Diffusion Model',
  place: 'Proceedings of the Conference of the North American Chapter of the Association for Computational Linguistics',
  shortPlace: 'NAACL',
}

/** The works that a family of models follows. */
export const worksOfFamilies: Readonly<Record<FamilyName, readonly Work[]>> = {
  ...{ pmei: [pmei], rin: [rin], casrel: [casrel] },
  grid: [tplinker, onerel],
}

/** Works that published figures are taken from, by how their sources begin. */
export const worksOfSources: Readonly<Record<string, Work>> = {
  'PMEI paper': pmei,
  'RIN paper': rin,
  'IPED paper': iped,
}

/** Methods of every report. */
export const methods: readonly Work[] = [
  {
    ...{ key: 'efron1993', kind: 'book', authors: ['Efron, Bradley', 'Tibshirani, Robert J.'], year: 1993 },
    ...{ title: 'An Introduction to the Bootstrap', place: 'Chapman and Hall' },
  },
  {
    ...{ key: 'sellam2022', kind: 'inproceedings', authors: ['Sellam, Thibault', 'others'], year: 2022 },
    title: 'The MultiBERTs: BERT Reproductions for Robustness Analysis',
    ...{ place: 'International Conference on Learning Representations', shortPlace: 'ICLR' },
    use: 'Bootstrap over sentences and seeds',
  },
  {
    ...{ key: 'noreen1989', kind: 'book', authors: ['Noreen, Eric W.'], year: 1989, place: 'Wiley' },
    title: 'Computer-Intensive Methods for Testing Hypotheses: An Introduction',
    use: 'Approximate randomisation',
  },
  {
    ...{ key: 'holm1979', kind: 'article', authors: ['Holm, Sture'], year: 1979 },
    title: 'A Simple Sequentially Rejective Multiple Test Procedure',
    ...{ place: 'Scandinavian Journal of Statistics', volume: '6', number: '2', pages: '65–70' },
  },
  {
    ...{ key: 'wilson1927', kind: 'article', authors: ['Wilson, Edwin B.'], year: 1927 },
    title: 'Probable Inference, the Law of Succession, and Statistical Inference',
    place: 'Journal of the American Statistical Association',
    ...{ volume: '22', number: '158', pages: '209–212' },
  },
]
