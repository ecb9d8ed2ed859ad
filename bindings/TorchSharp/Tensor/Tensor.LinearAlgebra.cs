namespace TorchSharp;

public static partial class torch
{
    // Products of vectors and matrices.
    public partial class Tensor
    {
        public Tensor matmul(Tensor target) => Aten.MatMul.Tensor(this, target);

        public Tensor mm(Tensor target) => Aten.MatrixMatrix.Tensor(this, target);

        public Tensor mv(Tensor target) => Aten.MatrixVector.Tensor(this, target);

        public Tensor bmm(Tensor batch2) => Aten.BatchedMatrixMatrix.Tensor(this, batch2);

        public Tensor dot(Tensor target) => Aten.Dot.Tensor(this, target);

        public Tensor outer(Tensor vec2) => Aten.Outer.Tensor(this, vec2);

        /// <summary>beta · this + alpha · mat1 mat2.</summary>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            Aten.AddMatrixMatrix.Tensor(this, mat1, mat2, beta, alpha);

        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            Aten.AddBatchedMatrixMatrix.Tensor(this, batch1, batch2, beta, alpha);

        public Tensor det() => Aten.Determinant.Tensor(this);

        public Tensor inverse() => Aten.Inverse.Tensor(this);

        public Tensor trace() => Aten.Trace.Tensor(this);
    }
}
