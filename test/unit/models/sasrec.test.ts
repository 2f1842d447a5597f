import { SASREC } from '../../../worker/models/sasrec'
import { networkCases } from '../../support/network-cases'
import { packedCase } from '../../support/packed-case'

const SETTINGS = { length: 4, dim: 6, heads: 2, blocks: 2 }

networkCases(SASREC, SETTINGS)
packedCase(SASREC, SETTINGS)
