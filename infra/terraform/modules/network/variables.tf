variable "name" {
  description = "What names begin with."
  type        = string
}

variable "region" {
  description = "Of the network."
  type        = string
}

variable "cidr" {
  description = "Its addresses."
  type        = string
}

variable "zones" {
  description = "Its availability zones."
  type        = list(string)
}

variable "single_nat_gateway" {
  description = "One NAT gateway for all zones."
  type        = bool
}

variable "kms_key_arn" {
  description = "Encrypts the flow log."
  type        = string
}
