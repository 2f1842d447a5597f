import { MULT_VAE } from '../../../worker/models/mult-vae'
import { networkCases } from '../../support/network-cases'

networkCases(MULT_VAE, { length: 4, dim: 5 })
