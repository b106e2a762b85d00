import { Field, ObjectType } from "type-graphql";

@ObjectType({ description: "A telephone number of an account's owner.", simpleResolvers: true })
export class PhoneNumber {
  @Field(() => String, { description: "The number, as the institution gives it." })
  number!: string;
  @Field(() => Boolean, { description: "Whether it is the owner's main one." })
  primary!: boolean;
  @Field(() => String, { description: "home, work, mobile ..., as the provider words it.", nullable: true })
  type!: string | null;
}

@ObjectType({ description: "An e-mail address of an account's owner.", simpleResolvers: true })
export class Email {
  @Field(() => String, { description: "The address." })
  address!: string;
  @Field(() => Boolean, { description: "Whether it is the owner's main one." })
  primary!: boolean;
  @Field(() => String, { description: "primary, secondary ..., as the provider words it.", nullable: true })
  type!: string | null;
}

@ObjectType({ description: "A postal address of an account's owner.", simpleResolvers: true })
export class OwnerAddress {
  @Field(() => Boolean, { description: "Whether it is the owner's main one." })
  primary!: boolean;
  @Field(() => String, { description: "Street and number.", nullable: true })
  street!: string | null;
  @Field(() => String, { description: "City or town.", nullable: true })
  city!: string | null;
  @Field(() => String, { description: "State, province or region, e.g. CA.", nullable: true })
  region!: string | null;
  @Field(() => String, { description: "Postal or ZIP code.", nullable: true })
  postalCode!: string | null;
  @Field(() => String, { description: "ISO 3166-1 alpha-2 code, e.g. US.", nullable: true })
  country!: string | null;
}

@ObjectType({
  description: "Someone who holds an account, as the institution has them on file.",
  simpleResolvers: true,
})
export class Owner {
  @Field(() => [String], {
    description: "Names, as the institution writes them; some institutions give all holders of the item.",
  })
  names!: string[];
  @Field(() => [PhoneNumber], { description: "Telephone numbers on file." })
  phoneNumbers!: PhoneNumber[];
  @Field(() => [Email], { description: "E-mail addresses on file." })
  emails!: Email[];
  @Field(() => [OwnerAddress], { description: "Postal addresses on file." })
  addresses!: OwnerAddress[];
}
